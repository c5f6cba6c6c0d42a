"""SQLite as Django knows it, with two habits more: writers poll for their turn, and a flush sets triggers aside."""
