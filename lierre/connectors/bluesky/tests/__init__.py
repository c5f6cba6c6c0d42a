"""Bluesky, tried against its own server, run on this machine."""
