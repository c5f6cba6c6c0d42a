"""An ambassador’s own account: connected by themselves, used by one gesture at a time, closed at any moment."""
