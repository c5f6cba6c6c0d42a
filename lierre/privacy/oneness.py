"""Who is one with whom. Merging moves no consent: both persons keep theirs, and the two are read together while it stands."""

from collections.abc import Collection
from datetime import datetime

from lierre.people.models import Merge

Absorbed = dict[int, dict[int, datetime]]


def absorbed_by(person_ids: Collection[int]) -> Absorbed:
    """For each person, those whose records are now theirs, and since when. Undone, a merge leaves nothing here."""
    found: Absorbed = {number: {} for number in person_ids}
    merges = Merge.objects.standing().filter(kept__in=list(person_ids))
    for kept, gone, at in merges.values_list("kept", "gone", "at"):
        found[kept][gone] = at
    return found
