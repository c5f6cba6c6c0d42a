"""How a person is read: each value with its witness, the readings that lost against it, and why. Nothing is stored."""
