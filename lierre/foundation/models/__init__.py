"""What every domain keeps: the journal, the duties and their runs, long work."""

from lierre.foundation.models.journal import Entry

__all__ = ["Entry"]
