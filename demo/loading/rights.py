"""Rights that people used: one answered, one to answer, one whose identity must be checked. Maïwenn handles them."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from demo.characters import ERWAN, KATELL
from demo.loading.house import BY
from demo.loading.story import person_of
from lierre.accounts.models import User
from lierre.privacy.models import Request

GIVEN: Final = "L’archive complète lui a été remise le jour même, par le lien de sa demande."


def use_rights(*, by: User) -> int:
    """How many requests there are."""
    if not Request.objects.exists():
        today = timezone.localdate()
        erwan, katell = person_of(ERWAN), person_of(KATELL)
        access = Request.receive(
            "access", name="Erwan Bellec", email=ERWAN.email, person=erwan, by=BY, received_on=today - timedelta(days=41),
            message="Que savez-vous de moi, et qui l’a lu ?",
        )  # fmt: skip
        access.give_to(by, by=by)
        access.settle(by=by, answer=GIVEN)
        rectified = Request.receive(
            "rectification", name="Katell Jaouen-Roux", email=KATELL.email, person=katell, by=BY,
            received_on=today - timedelta(days=9), message="Mon nom d’usage porte un trait d’union.",
        )  # fmt: skip
        rectified.give_to(by, by=by)
        Request.receive(
            "erasure", name="Gildas Le Meur", email="gildas.lemeur@mel.example", by=BY, clue="DEUG de droit, vers 1994",
            received_on=today - timedelta(days=26), message="Effacez ce que vous gardez de moi. Je n’ai pas fini mes études.",
        )  # fmt: skip
        Request.receive(
            "objection", name="Maryvonne Kerguélen", email="m.kerguelen@boite.example", by=BY, clue="Institutrice, Quimper",
            received_on=today - timedelta(days=3), message="Ne m’écrivez plus pour des dons.",
        )  # fmt: skip
    return Request.objects.count()
