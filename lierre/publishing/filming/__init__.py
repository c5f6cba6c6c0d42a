"""Films on their way to networks: copies are made for them, and each page says which network is given what."""
