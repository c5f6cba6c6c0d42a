"""Template tags of persons."""
