"""What must hold when processes are killed in the middle of their work."""
