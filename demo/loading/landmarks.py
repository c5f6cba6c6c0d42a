"""Days that matter to the fictional university, from the autumn to the summer: semesters, exams, open days, admissions."""

from datetime import date, timedelta
from typing import Any, Final

from lierre.publishing.models import Landmark
from lierre.publishing.rhythm.marking import keep

SOURCE: Final = "Calendrier de démonstration : à remplacer par le vôtre"
# What, kind; then the month and the day near which it begins (moved to that weekday, Monday being 0), and how many days it lasts.
DAYS: Final = (
    ("Semestre 1", "period", 9, 1, 0, 103),
    ("Examens du semestre 1", "exams", 12, 7, 0, 12),
    ("Parcoursup : ouverture du site d’information", "admission", 12, 15, 2, 1),
    ("Fermeture de fin d’année", "closed", 12, 19, 5, 16),
    ("Semestre 2", "period", 1, 8, 0, 131),
    ("Parcoursup : inscriptions et vœux", "admission", 1, 15, 0, 53),
    ("Journée portes ouvertes", "open_day", 2, 1, 5, 1),
    ("Examens du semestre 2", "exams", 5, 10, 0, 12),
    ("Parcoursup : premières réponses", "admission", 6, 1, 1, 1),
)


def mark(today: date, *, by: Any) -> int:
    """Those of the academic year that holds this day. Loaded again after an interruption, none is written twice."""
    if not Landmark.objects.exists():
        begins = today.year if today.month >= 8 else today.year - 1
        for label, kind, month, near, weekday, length in DAYS:
            first = date(begins if month >= 8 else begins + 1, month, near)
            first += timedelta(days=(weekday - first.weekday()) % 7)
            said = {"label": label, "kind": kind, "first": first, "last": first + timedelta(days=length - 1)}
            keep(None, said | {"source": SOURCE}, by=by)
    return Landmark.objects.count()
