"""The people of the institution: records, the fold, importing, the directory."""
