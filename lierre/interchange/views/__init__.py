"""Pages about machines: their tokens, those that are called, and the documentation."""
