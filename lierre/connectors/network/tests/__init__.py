"""The protocol itself: what is kept comes back, what is brought is loaded, what is alive is renewed once."""
