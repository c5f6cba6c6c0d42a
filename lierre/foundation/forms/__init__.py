"""What the forms of every domain share, and those of the foundation itself."""
