"""Lierre, the professional network that a university owns."""

__version__ = "0.1.0"
