"""A house with an outbox and a network of its own, on this machine, for benchmarks/outbox.py."""
