"""Pages that every institution has, whatever its domains."""
