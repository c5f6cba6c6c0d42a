"""Feeds, read back by a reader that is not ours."""
