"""Ambassadors of the house of the tests: their topics, a text that nobody else reads, a story that waits."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from lierre.accounts.models import Unit, User
from lierre.publishing.ambassadors import stories, writing
from lierre.publishing.ambassadors.joining import token_of
from lierre.publishing.models import Ambassador, Material, Medium, OwnAccount, OwnDelivery, OwnText, Story
from lierre.publishing.models.delivery import hash_of
from lierre.publishing.models.voice import TOKENS
from lierre.publishing.own.connecting import WORDS as AGREED
from lierre.publishing.tests.speakers import speaker, topic

WORDS = {"title": "La bouée 12", "words": "Elle a dérivé jusqu’en Galice.", "moment": "en mars", "quoted": "moi"}


def speaking(users: list[User], by: User, unit: Unit) -> None:
    """Each of these users takes part, connected an account, wrote a text that nobody can prove, and told a story."""
    material = topic(by)
    material.show(Medium.objects.earliest("pk"), by=by)
    following = topic(by, "La semaine prochaine", unit=unit)
    Material.objects.filter(pk=following.pk).update(week=following.week + timedelta(days=7))
    for user in users:
        who = speaker(
            user, unit, networks=["linkedin", "bluesky", "mastodon", "other"], server="https://social.ubn.example"
        )
        own = writing.own_text(who, material)
        writing.keep(own, "Ma première bouée, je l’ai posée sous la neige.")
        in_doubt(who, own)
        stories.offer(who, WORDS)


def speak_up(user: User, title: str) -> None:
    """One topic more, a text on it, a story."""
    who = Ambassador.objects.get(user=user)
    own = writing.own_text(who, topic(user, title))
    writing.keep(own, "Ma deuxième bouée.")
    nobody_knows(OwnAccount.objects.get(ambassador=who), own)
    stories.offer(who, WORDS | {"title": title})


def in_doubt(who: Ambassador, own: OwnText) -> OwnDelivery:
    """On their own account, and its network did not answer."""
    account = OwnAccount.objects.create(
        ambassador=who, network="mastodon", label="Yann", handle="yann@social.ubn.example", remote_id="7",
        base_url="https://127.0.0.1", words=str(AGREED), sealed=TOKENS.seal('{"token": "of nobody"}'),
    )  # fmt: skip
    return nobody_knows(account, own)


def nobody_knows(account: OwnAccount, own: OwnText) -> OwnDelivery:
    now = timezone.now()
    before = now - timedelta(days=3)  # long enough to be told alike from one minute to the next
    return OwnDelivery.objects.create(
        post=own, account=account, text=own.text, text_hash=hash_of(own.text), state="to_check", due_at=before,
        next_at=now + timedelta(days=1), sent_at=before, last_sent_at=before, sent_times=1,
        frozen={"network": "mastodon", "payload": {}}, failure="Personne ne sait.",
    )  # fmt: skip


def of_the_visual(**said: Any) -> dict[str, Any]:
    material = Material.objects.earliest("pk")
    return {"material_id": material.pk, "medium_id": material.visuals.get().pk, **said}


def of_the_delivery() -> dict[str, Any]:
    """Of the one who speaks in their own name, and nothing else."""
    return {"delivery_id": OwnDelivery.objects.earliest("pk").pk}


def of_the_topic(**said: Any) -> dict[str, Any]:
    return {"material_id": Material.objects.earliest("pk").pk, **said}


def of_the_story() -> dict[str, Any]:
    return {"story_id": Story.objects.earliest("pk").pk}


def of_the_message() -> dict[str, Any]:
    return {"token": token_of(Ambassador.objects.earliest("pk"))}
