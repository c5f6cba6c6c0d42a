"""What people answer on the networks: fetched, shown, handled, forgotten."""
