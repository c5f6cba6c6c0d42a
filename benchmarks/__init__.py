"""Measures of speed and size. Each prints a table; none asserts a time."""
