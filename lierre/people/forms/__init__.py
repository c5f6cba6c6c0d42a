"""What people fill in: corrections, files, decisions. A form checks and translates into facts; it never writes."""
