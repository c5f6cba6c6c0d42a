"""Leaving a way to be reached on the day of the ceremony: the page, the message, the posters, who is missing."""
