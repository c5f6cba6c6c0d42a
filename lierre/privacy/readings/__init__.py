"""What pages of privacy show, read from what is kept."""
