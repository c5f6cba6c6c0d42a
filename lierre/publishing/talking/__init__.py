"""What the house says to itself about a post: comments, and those they call by their names."""
