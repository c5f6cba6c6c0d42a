"""Matching measured on persons who do not exist: draws never seen, public sets, and the same table for every engine."""
