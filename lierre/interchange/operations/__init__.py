"""What machines ask, version 1: each file answers about one thing. Gathered in `schema`."""
