"""
A laboratory that speaks: six more who joined Yann in September, what they were offered and what they published since, in
figures that name nobody; a story that one of them told and that became a post; what its head has to approve.
"""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from demo.characters import VOICES
from demo.loading.ambassadors import prepare
from demo.loading.house import user
from demo.loading.links import be_received
from lierre.accounts.models import Unit
from lierre.publishing import approving, composing, registering
from lierre.publishing.ambassadors import joining, stories, writing
from lierre.publishing.models import Account, Ambassador, Delivery, Digest, Material, Notice, Post, Story
from lierre.publishing.models.material import monday

# Topics of the laboratory since September: weeks ago, title, a fact and its source, three angles; then who said it, and how.
SINCE: Final = (
    (12, "La rentrée du laboratoire : cinq thèses commencent",
     ("Cinq doctorants arrivent, dont deux en entreprise.", "Registre des thèses, septembre 2026"),
     ("Votre premier jour ici", "Ce que l’on vous a appris sans le dire", "La question que vous posez aux nouveaux"),
     ((0, "Mon premier jour, personne ne m’attendait. Depuis, j’attends les autres, avec du café."),
      (3, "Cinq nouveaux. Je leur ai montré le bassin avant leur bureau."))),
    (9, "Fête de la science : la machine à vagues sort du hall",
     ("La machine à vagues a été vue par mille deux cents élèves.", "Service de la culture scientifique"),
     ("La question d’enfant qui vous a arrêté", "Ce que l’on simplifie, ce que l’on garde", "Expliquer sans équation"),
     ((1, "« Et si on met deux vagues ? » Il avait huit ans, et il venait d’inventer les interférences."),
      (2, "J’ai parlé de la houle à cent enfants. Le soir, je ne pouvais plus dire « houle »."),
      (4, "Sans équation, il reste l’essentiel : ça pousse, et ça revient."))),
    (6, "Une hydrolienne à l’échelle un quart est à l’eau",
     ("Elle a tourné trente-deux jours sans arrêt dans le goulet.", "Carnet d’essais, laboratoire des énergies marines"),
     ("Le jour où elle est partie", "Ce qui casse en mer, et pas en bassin", "Les métiers d’une mise à l’eau"),
     ((0, "Trente-deux jours. Je regardais la courbe au lieu de mon téléphone : c’était la même appli."),
      (1, "Ce qui casse en mer : les câbles, les prévisions, et la patience. Dans cet ordre."),
      (3, "Une mise à l’eau, c’est douze métiers, dont un qui surveille le café."),
      (5, "Je suis mécanicien. On m’a laissé appuyer sur le bouton."))),
    (3, "Les données du goulet sont ouvertes",
     ("Onze mois de courants, mesurés toutes les dix minutes.", "Entrepôt de données de l’université"),
     ("À qui elles servent déjà", "Ce que l’on a nettoyé, et pourquoi", "La courbe qui vous étonne"),
     ((2, "Un club de kayak s’est servi de nos courants avant nos collègues. J’en suis très fière."),
      (4, "Onze mois de mesures, trois mois de nettoyage. Le second chiffre est le plus honnête."),
      (5, "Il y a un pic chaque mardi. C’est la navette."))),
    (2, "Prendre la mer pour son stage",
     ("Neuf stages en mer sont ouverts pour le printemps.", "Relations avec les entreprises"),
     ("Votre premier embarquement", "Ce que l’on met dans son sac", "Pourquoi revenir à terre"),
     ((0, "Premier embarquement : j’ai été malade, j’ai tout noté quand même."),
      (1, "Dans mon sac : des chaussettes, un carnet, et de quoi réparer un câble."),
      (3, "Neuf stages. Celui de l’an dernier signe aujourd’hui avec nous."))),
)  # fmt: skip
RHYTHMS: Final = (7, 7, 14, 7, 28, 14)
NETWORKS: Final = (["linkedin"], ["linkedin", "bluesky"], ["linkedin"], ["mastodon"], ["linkedin"], ["bluesky"])
STORY: Final = {
    "title": "Le bouton de Corentin",
    "words": "Pour la mise à l’eau de l’hydrolienne, l’équipe a laissé le mécanicien appuyer sur le bouton. Il a répété.",
    "moment": "quand vous voulez",
    "quoted": "moi, et Corentin, qui rit encore",
}
YES: Final = "Nous l’écrivons cette semaine. Merci à vous deux : Loeiz passe prendre une photographie du bouton."
WRITTEN: Final = (
    "Qui appuie sur le bouton ?\n\nLe jour de la mise à l’eau de l’hydrolienne, l’équipe a choisi celui qui l’avait montée : "
    "Corentin, mécanicien. Il avait répété la veille."
)
ASKED: Final = (
    "Onze mois de courants dans le goulet : les données du laboratoire sont ouvertes.\n\nUne mesure toutes les dix minutes, et "
    "ce que nous n’avons pas su expliquer."
)


@transaction.atomic
def speak_for_their_laboratory() -> int:
    """How many topics it was offered. Loaded again after an interruption, nothing is said twice."""
    gwenael, loeiz, morgane = user("Gwenaël Riou"), user("Loeiz Kerdraon"), user("Morgane Kerhoas")
    if Ambassador.objects.filter(user__name=VOICES[0].name).exists():
        return len(SINCE)
    voices = join()
    for weeks, title, fact, angles, said in SINCE:
        topic = prepare(0, "research", "LENM", "goulet", title, (fact,), angles, by=gwenael)
        offered(topic, weeks, voices)
        for number, text in said:
            publish(voices[number], topic, text, ago(weeks, days=1 + number % 4, hour=12 + number))
    showcase = Account.objects.get(network="linkedin", label="Énergie marine")
    registering.ask_step(showcase, {"kind": "", "position": 1, "role": "direction", "person": None}, by=gwenael)
    told(voices[2], showcase, approver=morgane, by=loeiz)
    soon = timezone.make_aware(datetime.combine(monday(timezone.localdate()) + timedelta(days=8), time(14, 30)))
    approving.submit(composing.write(composing.Draft([ASKED], [showcase], due_at=soon), by=loeiz), by=loeiz)
    return len(SINCE)


def join() -> list[Ambassador]:
    unit, found = Unit.objects.get(code="LENM"), []
    for account, rhythm, networks in zip(VOICES, RHYTHMS, NETWORKS, strict=True):
        choices = {
            "unit": unit,
            "topics": [],
            "languages": ["fr"],
            "networks": networks,
            "server": "",
            "rhythm": rhythm,
        }
        found.append(joining.join(user(account.name), choices))
    Ambassador.objects.filter(pk__in=[who.pk for who in found]).update(joined_at=ago(13, days=2, hour=10))
    return found


def offered(topic: Material, weeks: int, voices: list[Ambassador]) -> None:
    """As it was then: its week, and the message that left that Monday for those whose rhythm asked for one."""
    morning = ago(weeks, days=0, hour=8)
    Material.objects.filter(pk=topic.pk).update(week=morning.date(), offered_at=morning, made_at=morning)
    read = [who for who in voices if weeks % (who.rhythm // 7) == 0]
    row = {"week": morning.date(), "made_at": morning, "send_at": None, "left_at": morning, "attempts": 1}
    Digest.objects.bulk_create([Digest(ambassador=who, **row) for who in read], ignore_conflicts=True)


def publish(who: Ambassador, topic: Material, text: str, at: datetime) -> None:
    """They copied it where they wanted, and said so."""
    own = writing.own_text(who, topic)
    writing.keep(own, text)
    writing.say_published(own)
    own.kept_at = own.published_at = at
    own.save()


def told(who: Ambassador, showcase: Account, *, approver: Any, by: Any) -> None:
    """“I have a story”: answered by a draft, written for the laboratory, approved by its head, online."""
    then = ago(5, days=1, hour=9)
    story = stories.offer(who, STORY)
    post = stories.plan(story, YES, by=by)
    online = ago(4, days=3, hour=9)
    composing.change(post, composing.Draft([WRITTEN], [showcase], due_at=online, intent={"unit": who.unit}), by=by)
    approving.submit(post, by=by)
    approving.sign(post, approving.digest(post), by=approver)
    for delivery in post.deliveries.select_related("account"):
        delivery.confirm("", f"{showcase.address}/posts/bouton", by="demo")
        Delivery.objects.filter(pk=delivery.pk).update(confirmed_at=online)
        delivery.refresh_from_db()
        be_received(delivery, Random(4))
    Post.objects.filter(pk=post.pk).update(made_at=then, changed_at=then + timedelta(days=2))
    Story.objects.filter(pk=story.pk).update(made_at=then, answered_at=then + timedelta(hours=6))
    # They were told of it then: no message of it leaves today.
    Notice.objects.filter(to__in=[who.user, by, approver]).exclude(send_at=None).update(send_at=None, left_at=then)


def ago(weeks: int, *, days: int, hour: int) -> datetime:
    """From the Monday of so many weeks ago."""
    day = monday(timezone.localdate()) - timedelta(weeks=weeks) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))
