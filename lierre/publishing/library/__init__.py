"""The library of media: a file is known by its content, kept as it came, and made anew, clean, for each network that shows it."""
