"""
What has a rhythm: a series of every week, the slots of a school with the posts that take them, an embargo; and a draft that it
keeps quiet, so that whoever writes reads why.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from demo.loading.house import user
from lierre.publishing import composing
from lierre.publishing.approving import plan
from lierre.publishing.models import Account, Occurrence, Place, Post, Series
from lierre.publishing.rhythm import queueing, unrolling
from lierre.publishing.rhythm.silence import keep_silent

ZONE: Final = "Europe/Paris"
WORDS: Final = (
    ("mor", "la mer", "Armor, l’Arvor, le Morbihan : le rivage est dans nos noms."),
    ("houl", "la houle", "Nos bouées la mesurent dix fois par seconde."),
    ("skiant", "la science, le bon sens", "Le breton n’a qu’un mot pour les deux."),
    ("kej", "le mélange", "Ce que fait une promotion le jour de la rentrée."),
    ("levraoueg", "la bibliothèque", "« Levr », le livre, et la maison où il dort."),
    ("deskiñ", "apprendre, enseigner", "C’est le même verbe : on ne fait pas l’un sans l’autre."),
    ("bleunioù", "les fleurs", "Celles du campus sont comptées chaque printemps."),
    ("kenlabour", "le travail en commun", "« Ken », ensemble ; « labour », le travail."),
)
# Weekday and hour at which the school usually speaks, then what waits for a slot.
SLOTS: Final = ((1, time(12, 30)), (3, time(12, 30)))
QUEUED: Final = (
    "Une semaine en bassin : les élèves de deuxième année mettent leur maquette d’hydrolienne à l’eau.",
    "Apprentissage : trente entreprises cherchent encore une élève ou un élève ingénieur.",
    "Elle a fini l’ENSIB en 2021 : une ingénieure raconte son premier parc éolien en mer.",
    "Projet de fin d’études : dites-nous ce qui vous manque, une équipe le construit.",
)
PRIZE: Final = "Prix de l’innovation"
NOT_YET: Final = "Prix de l’innovation : rien avant la remise"
TOO_EARLY: Final = "Prix de l’innovation : trois lauréats, trois idées nées dans nos ateliers."


@transaction.atomic
def keep_time() -> int:
    """How many posts came of it. Loaded again after an interruption, nothing is made twice."""
    if not Series.objects.exists():
        come_back()
        take_slots()
        keep_a_secret()
    return Occurrence.objects.count() + Place.objects.count() + Post.objects.filter(campaign=PRIZE).count()


def come_back() -> Series:
    """Every Friday on two networks, but in the days of the winter closure. The first two are to leave, the others are drafts."""
    gwenael, today = user("Gwenaël Riou"), timezone.localdate()
    winter = date(today.year if today.month >= 2 else today.year - 1, 12, 19)
    fields = {
        "title": "Le mot breton de la semaine", "zone": ZONE, "hour": time(13), "weekdays": [4], "starts_on": today,
        "texts": [[f"Le mot breton de la semaine : « {word} », {meaning}.\n\n{more}"] for word, meaning, more in WORDS],
        "pauses": [[winter.isoformat(), (winter + timedelta(days=16)).isoformat()]], "campaign": "Langue bretonne",
    }  # fmt: skip
    accounts = [account("mastodon", "@ubn"), account("bluesky", "@ubn.example")]
    series = unrolling.make(fields, accounts, by=gwenael)
    for occurrence in series.occurrences.all()[:2]:
        plan(occurrence.post, by=gwenael)
    return series


def take_slots() -> None:
    """Of the school, by its correspondent. The last one still waits for its picture: a draft keeps its place too."""
    loeiz, school = user("Loeiz Kerdraon"), account("linkedin", "ENSIB")
    for weekday, hour in SLOTS:
        queueing.add_slot(school, weekday, hour, ZONE, by=loeiz)
    for text in QUEUED:
        post = composing.write(composing.Draft([text], [school], intent={"unit": school.unit}), by=loeiz)
        queueing.put(post, school, by=loeiz)
        if text != QUEUED[-1]:
            plan(post, by=loeiz)


def keep_a_secret() -> None:
    """From the day before, until the evening of the prize; somebody wrote of it for the morning, and is told."""
    gwenael = user("Gwenaël Riou")
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    evening = at(monday + timedelta(days=10), 18)
    fields = {
        "label": NOT_YET, "starts_at": at(monday + timedelta(days=9), 0), "ends_at": evening, "zone": ZONE, "campaign": PRIZE,
        "but_crisis": True,
    }  # fmt: skip
    keep_silent(fields, by=gwenael)
    said = {"campaign": PRIZE, "audience": "entreprises"}
    accounts = [account("linkedin", "Université"), account("facebook", "Université")]
    composing.write(composing.Draft([TOO_EARLY], accounts, due_at=evening.replace(hour=9), intent=said), by=gwenael)


def at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def account(network: str, label: str) -> Account:
    return Account.objects.get(network=network, label=label)
