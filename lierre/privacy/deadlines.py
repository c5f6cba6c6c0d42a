"""What the law counts in months and in hours."""

from datetime import timedelta
from typing import Final

ANSWER_MONTHS: Final = 1  # article 12(3) of the GDPR
MORE_MONTHS: Final = 2
BREACH: Final = timedelta(hours=72)  # article 33(1)
SOON: Final = timedelta(days=7)
BETWEEN_REMINDERS: Final = timedelta(days=3)
