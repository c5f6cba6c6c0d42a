"""What the institution says on networks: planned, approved, sent exactly once or asked about."""
