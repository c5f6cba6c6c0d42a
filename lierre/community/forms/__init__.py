"""Forms of the domain."""
