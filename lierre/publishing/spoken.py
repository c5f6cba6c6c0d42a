"""What the calendar and the board move: a post, by its number, or a mailing, by its number after a letter."""

from typing import Any, Final

from django.core.validators import RegexValidator

from lierre.foundation.abilities import Ability
from lierre.publishing.models import Mailing, Post
from lierre.publishing.permissions import WRITE_MAILINGS, WRITE_POSTS, may_change, may_change_letter

KEY: Final = RegexValidator(r"^l?[1-9]\d{0,17}\Z")
Spoken = Post | Mailing


def named(key: str) -> Spoken | None:
    """None when there is none, or when it was withdrawn."""
    if key.startswith("l"):
        return Mailing.objects.living().select_related("segment", "unit").filter(pk=key[1:]).first()
    return Post.objects.living().filter(pk=key).first()


def key_in_calendar(said: Spoken) -> str:
    return f"l{said.pk}" if isinstance(said, Mailing) else str(said.pk)


def may_move(user: Any, said: Spoken) -> bool:
    return may_change_letter(user, said) if isinstance(said, Mailing) else may_change(user, said)


def needed_to_move(said: Spoken) -> Ability:
    return WRITE_MAILINGS if isinstance(said, Mailing) else WRITE_POSTS
