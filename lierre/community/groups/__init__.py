"""Groups: who is in them, what the directory is told of them, those that follow a rule."""
