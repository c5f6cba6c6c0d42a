"""What gives its rhythm to the calendar of the tests: a series, a queue, an embargo, a landmark, a file of posts."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from lierre.accounts.models import User
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Account, Embargo, Landmark, Place, PostsFile, Series, Slot
from lierre.publishing.rhythm.queueing import add_slot, put
from lierre.publishing.rhythm.unrolling import make

PARIS = "Europe/Paris"


def rhythm(account: Account, by: User) -> None:
    """One of each, and none that draws or silences what other pages are about."""
    add_slot(account, 0, time(9), PARIS, by=by)
    put(write(Draft(["Dans la file"], [account]), by=by), account, by=by)
    later = timezone.localdate() + timedelta(days=100)
    make(
        {"title": "L’agenda", "texts": [["L’agenda de la semaine"]], "weekdays": [0], "hour": time(9), "zone": PARIS,
         "starts_on": later}, [account], by=by,
    )  # fmt: skip
    Embargo.objects.create(label="Palmarès", campaign="Palmarès", ends_at=timezone.now() + timedelta(days=9), set_by=by)
    Landmark.objects.create(label="Semestre 2", kind="period", first=date(2027, 1, 18), last=date(2027, 5, 28))
    lines = [{"number": 2, "cells": ["", "linkedin"], "reason": "There is no text."}]
    PostsFile.objects.create(name="rentree.csv", header=["Texte", "Comptes"], lines=lines, zone=PARIS, by=by)


# What an address is about, by the name of its parameter.
ABOUT: dict[str, Any] = {
    "file_id": PostsFile, "series_id": Series, "slot_id": Slot, "place_id": Place, "embargo_id": Embargo, "landmark_id": Landmark,
}  # fmt: skip


def about(parameter: str, **more: str) -> dict[str, Any]:
    return {parameter: ABOUT[parameter].objects.latest("pk").pk, **more}
