"""What is kept of each column so that two values can be compared quickly: numbers of texts, parts, dates."""
