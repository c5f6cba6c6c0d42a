"""Figures that come back: what networks tell of what left, what somebody read there, clicks of our own links."""
