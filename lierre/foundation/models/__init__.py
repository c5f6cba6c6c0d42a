"""What every domain keeps: the journal, the duties and their runs, long work, the workers."""

from lierre.foundation.models.duty import Duty
from lierre.foundation.models.journal import Entry
from lierre.foundation.models.work import Work
from lierre.foundation.models.worker import Worker

__all__ = ["Duty", "Entry", "Work", "Worker"]
