"""Coming in, changing one's choices, and leaving: at once, with everything that was kept."""

from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role
from lierre.foundation.models.journal import record
from lierre.publishing.ambassadors import privately
from lierre.publishing.models import Ambassador, Notice, OwnAccount
from lierre.publishing.models.ambassador import Rhythm
from lierre.publishing.own.closing import close_all

SALT: Final = "lierre.publishing.ambassadors.stop"
WORDS: Final = gettext_lazy(
    "I take part of my own will. I receive ideas, I write what I want, where I want, or nothing. What I write here is read "
    "by nobody else. I can leave at any moment: everything kept about me goes at once."
)
NO_MORE: Final = gettext_lazy("Send me this message no more. I can still come and see the topics of the week.")
LEAVING: Final = gettext_lazy("I leave. My choices, my texts, my stories and my role of ambassador go at once.")


def join(user: Any, choices: dict[str, Any]) -> Ambassador:
    with transaction.atomic():
        made = Ambassador.objects.create(user=user, words=str(WORDS), **choices)
        privately.agree(user, "yes", str(WORDS), by=user)
        record("ambassador.joined", user, by=user)
    return made


def change(who: Ambassador, choices: dict[str, Any]) -> None:
    with transaction.atomic():
        Ambassador.objects.filter(pk=who.pk).update(**choices)
        record("ambassador.changed", who.user, by=who.user)


def stop_messages(who: Ambassador) -> None:
    """By the link of a message, in one click. They stay, and come to see when they wish."""
    with transaction.atomic():
        if Ambassador.objects.filter(pk=who.pk).exclude(rhythm=Rhythm.NEVER).update(rhythm=Rhythm.NEVER):
            record("ambassador.changed", who.user, by=who.user)


def leave(who: Ambassador) -> None:
    """Texts, messages and stories hang on the row: they go with it, and the role too."""
    user = who.user
    # Their own accounts first: the keys are given back, and what was asked of them does not leave.
    close_all(OwnAccount.objects.of(who).select_related("ambassador__user"), by=user)
    with transaction.atomic():
        privately.agree(user, "no", str(LEAVING), by=user)
        record("ambassador.left", user, by=user)
        # What was written to them about their stories; the post that came of one stays with those who write it.
        for page in ("publishing:stories", "publishing:own_accounts"):
            Notice.objects.filter(to=user, body__contains=reverse(page)).delete()
        who.delete()
        for role in Role.objects.filter(user=user, kind=Role.Kind.AMBASSADOR).select_related("user", "unit"):
            role.withdraw(by=user, why=str(LEAVING))


def token_of(who: Ambassador) -> str:
    """Signed: it stops messages, and opens nothing."""
    return signing.dumps(who.pk, salt=SALT)


def ambassador_of(token: str) -> Ambassador | None:
    """None when the link is false, or of somebody who has left: nothing is known of them any more."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Ambassador.objects.select_related("user").filter(pk=number).first()
