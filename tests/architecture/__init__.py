"""The rules that the house is built by, held by tests."""
