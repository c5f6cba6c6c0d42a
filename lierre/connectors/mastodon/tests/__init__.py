"""Mastodon, tried against a real server of its kind, and against a simulator for what that one does not do."""
