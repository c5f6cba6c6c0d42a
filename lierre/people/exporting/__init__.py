"""Everything leaves in open formats, comes back into an empty house, and is compared: nothing is locked in."""
