"""Brings the fictional institution into a base: its house, its files through the importer, then what people said."""
