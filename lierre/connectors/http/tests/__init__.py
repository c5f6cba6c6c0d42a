"""Calls out, to a server that is really there."""
