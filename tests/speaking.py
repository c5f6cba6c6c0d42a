"""Ambassadors of the house of the tests: their topics, a text that nobody else reads, a story that waits."""

from datetime import timedelta
from typing import Any

from lierre.accounts.models import Unit, User
from lierre.publishing.ambassadors import stories, writing
from lierre.publishing.ambassadors.joining import token_of
from lierre.publishing.models import Ambassador, Material, Story
from lierre.publishing.tests.speakers import speaker, topic

WORDS = {"title": "La bouée 12", "words": "Elle a dérivé jusqu’en Galice.", "moment": "en mars", "quoted": "moi"}


def speaking(users: list[User], by: User, unit: Unit) -> None:
    """Each of these users takes part, wrote a text and told a story."""
    material = topic(by)
    following = topic(by, "La semaine prochaine", unit=unit)
    Material.objects.filter(pk=following.pk).update(week=following.week + timedelta(days=7))
    for user in users:
        who = speaker(
            user, unit, networks=["linkedin", "bluesky", "mastodon", "other"], server="https://social.ubn.example"
        )
        writing.keep(writing.own_text(who, material), "Ma première bouée, je l’ai posée sous la neige.")
        stories.offer(who, WORDS)


def speak_up(user: User, title: str) -> None:
    """One topic more, a text on it, a story."""
    who = Ambassador.objects.get(user=user)
    writing.keep(writing.own_text(who, topic(user, title)), "Ma deuxième bouée.")
    stories.offer(who, WORDS | {"title": title})


def of_the_topic(**said: Any) -> dict[str, Any]:
    return {"material_id": Material.objects.earliest("pk").pk, **said}


def of_the_story() -> dict[str, Any]:
    return {"story_id": Story.objects.earliest("pk").pk}


def of_the_message() -> dict[str, Any]:
    return {"token": token_of(Ambassador.objects.earliest("pk"))}
