"""Networks that a person publishes on by hand."""
