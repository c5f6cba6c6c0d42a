"""Machines: what they may read and write here with a token, and what they are told of what happens."""
