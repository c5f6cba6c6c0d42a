"""Addresses, navigation, home pages: knows every domain, known by none."""
