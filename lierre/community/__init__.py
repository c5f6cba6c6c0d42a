"""Asking, answering, gathering: how the institution stays in touch with its graduates."""
