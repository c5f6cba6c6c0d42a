"""Talks to the world outside: plain dataclasses in, plain dataclasses out."""
