"""Bluesky, and any server of the AT Protocol: the place of each message is chosen by us, so it is there once, for ever."""
