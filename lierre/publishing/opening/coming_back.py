"""Coming back from a network with a code: it opens once, in the session that left; then somebody says which account it is."""

import json
from typing import Any, Final

from django.core import signing
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models import Opening, OwnOpening
from lierre.publishing.models.opening import ALIVE, Going
from lierre.publishing.models.voice import Voice
from lierre.publishing.opening.going import SALT, back
from lierre.publishing.outbox.connecting import keep_as, numbers
from lierre.publishing.outbox.health import keep_limits, sentence_of

LONGEST: Final = 4_000


def left_with(state: str, *, user: Any, session: str) -> Going:
    """The opening that this seal is of, if it was begun here. Refuses with a sentence."""
    try:
        nonce = signing.loads(state[:LONGEST], salt=SALT, max_age=ALIVE)
    except signing.BadSignature:
        raise Refused(
            _("This answer of a network is not one that was asked for, or it is too old: begin again.")
        ) from None
    begun = (kind.objects.of(user, session).filter(nonce=nonce).first() for kind in (Opening, OwnOpening))
    opening = next(filter(None, begun), None)
    if opening is None:
        raise Refused(_("This was begun in another session, or took too long: begin again."))
    return opening


def come_back(opening: Going, code: str, issuer: str = "") -> Voice | None:
    """
    The account, when there is no doubt which; None when somebody must choose. `issuer`: who answers, where networks say it.
    Refuses with a sentence.
    """
    if not code:
        raise Refused(_("The network gave nothing: you said no over there, or it did. Nothing has changed."))
    kept = json.loads(opening.secret or "{}")
    if not opening.come_back() or "application" not in kept:
        raise Refused(_("This answer was used already: begin again."))
    application, verifier = net.from_plain(net.Application, kept["application"]), str(kept["verifier"])
    network = net.network(opening.account.network)
    try:
        opened = list(network.authorise(net.Code(code[:LONGEST], back(), application, verifier, issuer[:LONGEST])))
    except net.NetworkError as error:
        if type(error) in {net.Held, net.AuthorisationLost, net.AuthorisationExpired}:
            # Nothing was open that could be closed: what they say elsewhere would be false here.
            said = _("The network opens nothing: what it answers serves once, for some minutes. Begin again.")
            raise Refused(said) from error
        raise Refused(_("The network opens nothing: %(why)s") % {"why": sentence_of(error)}) from error
    opened = [each for each in opened if opening.account.could_be(each.id)]
    if not opened:
        raise Refused(_("Nothing was opened over there: choose at least one account there."))
    opening.keep(json.dumps({"accounts": [net.as_plain(each) for each in opened]}))
    certain = certainly(opening.account, opened)
    return choose(opening, certain.id, by=opening.user) if certain else None


def certainly(account: Voice, opened: list[net.Account]) -> net.Account | None:
    """The one that this account was before; for a new one, the only one there is."""
    if account.remote_id:
        return next((each for each in opened if account.remote_id in numbers(each)), None)
    return opened[0] if len(opened) == 1 else None


def opened_by(opening: Going) -> list[net.Account]:
    """What may be chosen, with its keys: never shown as it is."""
    kept = json.loads(opening.secret or "{}")
    return [net.from_plain(net.Account, each) for each in kept.get("accounts", [])]


def choose(opening: Going, remote_id: str, *, by: Any) -> Voice:
    """This one it is. Its keys are kept, those of the others are forgotten."""
    found = next((each for each in opened_by(opening) if each.id == remote_id), None)
    if found is None:
        raise Refused(_("Choose one of the accounts that were opened."))
    account: Voice = opening.account
    keep_as(account, found, by=by)
    opening.finish()
    keep_limits(account, net.network(account.network))
    return account
