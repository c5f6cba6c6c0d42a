"""How days and hours are written, language by language, where Django writes them otherwise."""
