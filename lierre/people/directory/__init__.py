"""The directory: who is found, and by whom. What a viewer may not see does not exist for them."""
