"""A domain that does nothing useful, slowly, and leaves a trace of each thing it does."""
