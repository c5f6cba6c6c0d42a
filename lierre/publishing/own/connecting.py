"""An ambassador connects an account of their own: what Lierre may do with it is said before, and kept with it."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.publishing.models import Ambassador, OwnAccount
from lierre.publishing.outbox.connecting import open_with_key

WORDS: Final = _(
    "I connect my own account. Lierre publishes there only what I send, one text at a time, when I press the button; it reads "
    "my own posts there to know whether that text is online, and nothing else. Nobody but me sees this account, what I publish "
    "or what goes wrong. I can disconnect at any moment: the keys are given back to the network and destroyed at once."
)
# What the network shows before one says yes, in the words of whoever reads.
RIGHTS: Final[dict[str, tuple[Any, ...]]] = {
    "mastodon": (
        _("to know who you are there"), _("to publish a text and an image"),
        _("to read your own posts, so as to know what is online"),
    ),
    "bluesky": (
        _("to know who you are there"), _("to publish a text and an image"),
        _("to read your own posts, so as to know what is online"),
    ),
    "linkedin": (
        _("to know who you are there: your name, your number"), _("to publish a text and an image in your name"),
    ),
}  # fmt: skip
# What is asked for by none, but that a network gives with the rest.
BESIDES: Final[dict[str, Any]] = {
    "bluesky": _("An app password opens more than that: choose one without access to your messages."),
    "linkedin": _("LinkedIn lets nobody read one’s own posts: when it does not answer, you are asked to look."),
}


def account_of(who: Ambassador, network: str) -> OwnAccount:
    """Not written down as long as nothing was begun."""
    found = OwnAccount.objects.of(who).filter(network=network).select_related("ambassador__user").first()
    server = who.server if network == "mastodon" else ""
    return found or OwnAccount(ambassador=who, network=network, address=server, words=str(WORDS))


def begun(account: OwnAccount) -> OwnAccount:
    """From now on there is a row that keys may be put in."""
    if account.pk is None:
        account.save()
    return account


def with_key(account: OwnAccount, secret: str, *, whose: str, address: str) -> None:
    open_with_key(begun(account), secret, whose=whose, address=address, by=account.ambassador.user)
