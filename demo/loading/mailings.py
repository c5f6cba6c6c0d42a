"""Newsletters of the fictional university: one that left last month, one that waits for a yes, one being written."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from demo.loading.house import user
from lierre.people.models import Segment
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.audience import reckon
from lierre.publishing.mailing.composing import write
from lierre.publishing.mailing.freezing import Freezing, begin
from lierre.publishing.mailing.stopping import stop, words_of, words_of_complaint
from lierre.publishing.models import Click, Mailing, Recipient

SENDER: Final = "Université de Bretagne-Nord, les diplômés"
LAST_MONTH: Final = [
    {
        "title": "Un an de retrouvailles",
        "text": "Quarante promotions se sont revues cette année, de Morlaix à Montréal.\n\nVous étiez du voyage, ou vous le "
        "serez au prochain : les dates sont là, et chacun peut en proposer.",
        "button": "Voir les dates", "link": "https://ubn.example/retrouvailles",
    },
    {
        "title": "Ce que vous êtes devenus",
        "text": "Deux mille réponses à l’enquête, et une surprise : un diplômé sur six a changé de métier en cinq ans.\n\n"
        "Tout est là : https://ubn.example/enquete",
    },
]  # fmt: skip
WAITING: Final = [
    {
        "title": "Venez avec une question",
        "text": "Samedi, le hall de la Penfeld ouvre à 14 h. Les lycéens posent des questions, des diplômés répondent.\n\n"
        "Deux heures suffisent : on vous dit tout avant.",
        "button": "Je viens en parler", "link": "https://ubn.example/portes-ouvertes",
    },
    {
        "title": "Et si vous ne venez pas",
        "text": "Une phrase sur votre métier, envoyée en réponse à ce message, sera lue à voix haute.",
    },
]  # fmt: skip
WRITING: Final = [
    {"title": "Vos vœux, les nôtres", "text": "Brouillon : le mot de la présidente, puis trois portraits."}
]


def write_to_graduates() -> int:
    """How many mailings there are. Loaded again after an interruption, nothing is written twice, and nothing leaves."""
    if Mailing.objects.exists():
        return Mailing.objects.count()
    gwenael, helene = user("Gwenaël Riou"), user("Hélène Morvan")
    recent = segment("Dix dernières promotions", [{"on": "year", "how": "last", "values": ["10"]}], by=gwenael)
    near = segment("Diplômés du Finistère", [{"on": "department", "how": "in", "values": ["29"]}], by=gwenael)
    sent = mailing(
        "La lettre d’octobre", recent, -24, LAST_MONTH, "Un an de retrouvailles", by=gwenael, campaign="Retrouvailles"
    )
    pretend(sent, approver=helene)
    waiting = mailing(
        "Portes ouvertes : appel à témoins", near, 5, WAITING, "Deux heures, samedi, pour des lycéens", by=gwenael,
        campaign="Portes ouvertes",
    )  # fmt: skip
    reckon(waiting)
    submit(waiting, by=gwenael)
    reckon(mailing("La lettre de décembre", recent, 12, WRITING, "Vos vœux, les nôtres", by=gwenael))
    return 3


def segment(name: str, members: list[dict[str, Any]], *, by: Any) -> Segment:
    found = Segment.objects.standing().filter(name=name).first()
    return found or Segment.objects.keep(name, {"group": "all", "members": members}, by=by, purpose="Lettres")


def mailing(
    name: str, to: Segment, days: int, sections: list[dict[str, str]], subject: str, *, by: Any, campaign: str = ""
) -> Mailing:
    at = datetime.combine(timezone.localdate() + timedelta(days=days), time(10), timezone.get_default_timezone())
    blank = {"title": "", "text": "", "image": "", "alt": "", "button": "", "link": ""}
    said = {
        "name": name, "topic": "relations", "segment": to, "sender_name": SENDER, "reply_to": "diplomes@ubn.example",
        "subject": subject, "preheader": "La lettre de vos années d’études", "sections": [blank | each for each in sections],
        "due_at": at, "counts_links": True, "campaign": campaign,
    }  # fmt: skip
    return write(said, by=by)


def pretend(sent: Mailing, *, approver: Any) -> None:
    """As if it had left then: its recipients are real rows, no message was handed to anybody."""
    then = sent.due_at
    assert then is not None
    Mailing.objects.filter(pk=sent.pk).update(due_at=timezone.now() + timedelta(minutes=5))
    sent.refresh_from_db()
    submit(sent, by=sent.owner)
    approve(sent, sent.digest, by=approver)
    sent.claim("demo")
    begin(sent)
    freezing = Freezing(sent, "demo")
    while freezing.slice():
        pass
    sent.leave("demo")
    rows = sent.recipients.all()
    rows.update(state=Recipient.State.TAKEN, left_at=then)
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[40::97])).update(bounced="hard")
    for row in rows.filter(bounced="")[5:2000:181]:
        stop(row, "link", words=words_of(row))
    for row in rows.filter(bounced="", unsubscribed_at=None)[90:91]:
        stop(row, "mail", words=words_of_complaint(row), complained=True)
    open_links(sent, then)
    Mailing.objects.filter(pk=sent.pk).update(
        state=Mailing.State.SENT,
        due_at=then,
        began_at=then,
        frozen_at=then,
        ended_at=then + timedelta(minutes=40),
        approved_at=then - timedelta(days=1),
    )


# How many opened the links of the letter on the day it left, and on the next ones.
OPENED: Final = (214, 61, 18, 7, 3, 2, 0, 1)


def open_links(sent: Mailing, then: datetime) -> None:
    """The first link is opened most; scanners of mail open all of them as soon as they arrive."""
    for place, link in enumerate(sent.links.order_by("pk")):
        for days, people in enumerate(OPENED):
            day = timezone.localdate(then + timedelta(days=days))
            robots = 96 if days == 0 else 0
            Click.objects.create(link=link, day=day, people=people // (place + 1), robots=robots)
