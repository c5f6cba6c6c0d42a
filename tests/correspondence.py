"""Mailings of the small house: one that was cut off while it left, one that waits for an approval."""

from typing import Any, Final

from django.utils import timezone

from lierre.people.models import Person
from lierre.publishing.mailing.approving import submit
from lierre.publishing.mailing.audience import reckon
from lierre.publishing.mailing.charter import charter_of
from lierre.publishing.models import Mailing, MailingException, MailingReview, Recipient, Rule
from lierre.publishing.reviewing import ask_outside, token_of
from lierre.publishing.tests.mailings import written

NOW = {"began_at", "frozen_at", "approved_at"}


def correspondence(person: Person, by: Any, approver: Any) -> None:
    left, waiting = written(by, name="Lettre d’octobre"), written(by, name="Lettre de mars")
    reckon(left), reckon(waiting)
    submit(waiting, by=by)
    ask_outside(waiting, name="Nolwenn Abgrall", email="", days=7, by=by)
    rule = Rule.objects.create(kind="avoid", name="Pas d’attente", words=["attendus"], why="Personne n’attend.")
    MailingException.objects.create(
        mailing=waiting, rule=rule, passage="Autre chose", why="Un titre.", asked=True, by=by
    )
    Mailing.objects.filter(pk=left.pk).update(
        state="sending", approved_by=approver, approved_digest=left.digest, **dict.fromkeys(NOW, timezone.now())
    )
    address = "amelie.herve@courriel.example"
    Recipient.objects.create(
        mailing=left,
        person=person,
        address=address,
        domain="courriel.example",
        state="uncertain",
        left_at=timezone.now(),
    )


def letter() -> Mailing:
    """The one that has begun to leave."""
    return Mailing.objects.get(name="Lettre d’octobre")


def letters() -> list[dict[str, Any]]:
    return [{"mailing_id": pk} for pk in Mailing.objects.order_by("pk").values_list("pk", flat=True)]


def waiting() -> Mailing:
    return Mailing.objects.get(name="Lettre de mars")


def passage() -> str:
    """The key of what the charter says of it."""
    return charter_of(waiting()).charter.shown[0].key


def reader() -> MailingReview:
    return waiting().reviews.get()


def kept() -> MailingException:
    return waiting().exceptions.get()


def receiver() -> Recipient:
    return letter().recipients.get()


OF_LETTERS: Final[dict[str, Any]] = {
    **dict.fromkeys(("publishing:mailing", "publishing:mailing_message"), lambda _house: letters()),
    "publishing:compose_mailing": lambda _house: letters()[1:],
    "publishing:mailing_preview": lambda _house: [
        {"mailing_id": waiting().pk, "look": look} for look in ("clair", "sombre")
    ],
    "publishing:mailing_passage": lambda _house: [{"mailing_id": waiting().pk, "key": passage()}],
    **dict.fromkeys(
        ("publishing:settle_mailing_passage", "publishing:ask_outside_mailing", "publishing:comment_on_mailing"),
        lambda _house: [{"mailing_id": waiting().pk}],
    ),
    "publishing:countersign_mailing": lambda _house: [{"exception_id": kept().pk}],
    "publishing:revoke_mailing_review": lambda _house: [{"review_id": reader().pk}],
    "publishing:review_mailing": lambda _house: [{"token": token_of(reader())}],
    "publishing:review_letter": lambda _house: [{"token": token_of(reader())}],
    "publishing:mailing_act": lambda _house: [
        {"mailing_id": letter().pk, "name": name}
        for name in (
            "soumettre",
            "urgence",
            "brouillon",
            "approuver",
            "renvoyer",
            "suspendre",
            "reprendre",
            "annuler",
            "recompter",
            "essayer",
        )
    ],
    "publishing:settle_recipient": lambda _house: [
        {"recipient_id": receiver().pk, "name": name} for name in ("prise", "absente")
    ],
    "publishing:unsubscribe": lambda _house: [{"token": receiver().token}],
}
