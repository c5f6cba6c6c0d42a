"""Classmates whom nobody can reach any more: one proposes a way, the person decides, and nobody else learns."""
