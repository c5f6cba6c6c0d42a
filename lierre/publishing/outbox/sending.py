"""Sends what is due for one account, one part after another, and settles what was left unsettled.

No transaction is open while a network is called. Before each call the row says what is about to happen; after it, what did.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from random import uniform
from threading import Event
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account, Attempt, Delivery
from lierre.publishing.models.account import LONGEST_WAIT, SHORTEST_WAIT
from lierre.publishing.outbox.speaking import Keys, attempts_of, message_of, network_of, speaker

Answer = TypeVar("Answer")
# Why nothing leaves for an account, by what the network said.
HOLDS: Final[tuple[tuple[type[net.Held], str], ...]] = (
    (net.ScopeMissing, Account.Held.SCOPE),
    (net.RoleLost, Account.Held.ROLE),
    (net.VersionGone, Account.Held.VERSION),
    (net.Held, Account.Held.TOKEN),
)
# How long one waits before asking again what became of something, when the network does not say.
SOON: Final = timedelta(seconds=2)
# No network is to blame: the row says what happened, and the log where.
OURS: Final = "The outbox failed of itself with the delivery %s; what is known of it is in its row."
logger = logging.getLogger(__name__)


class Sender:
    """`holder` has claimed the account: nobody else speaks for it meanwhile."""

    def __init__(self, account: Account, holder: str) -> None:
        self.account, self.holder = account, holder
        self.network = network_of(account)
        self.keys = Keys(account, holder)

    def send_all(self, must_stop: Event | None = None) -> int:
        """Everything that is due, until the account must be quiet or the worker must stop. Answers how many turns."""
        turns = 0
        while not (must_stop and must_stop.is_set()):
            delivery = self.next()
            if delivery is None:
                break
            turns += 1
            if not self.turn(delivery):
                break
        return turns

    def next(self) -> Delivery | None:
        """What may have left comes first: it is known before anything else is said."""
        due = Delivery.objects.filter(account=self.account).turning(timezone.now()).select_related("post")
        found = due.unsettled().order_by("next_at", "pk").first() or due.order_by("next_at", "pk").first()
        if found is not None:
            found.holder, found.account = self.holder, self.account
        return found

    def turn(self, delivery: Delivery) -> bool:
        """One step with one row. False when the account had better say nothing for a while."""
        try:
            if delivery.state in {Delivery.State.IN_FLIGHT, Delivery.State.TO_CHECK}:
                return self.settle(delivery)
            if delivery.state == Delivery.State.CLAIMED and not is_being_prepared(delivery):
                # Whoever had taken it died before saying anything: it is as if nothing had happened.
                delivery.put_back(timezone.now(), "")
                return True
            if delivery.state == Delivery.State.WAITING and (self.has_a_twin(delivery) or not delivery.claim()):
                return True
            return self.say(delivery)
        except Refused as refusal:
            self.account.hold(Account.Held.TOKEN, str(refusal), by="outbox")
            return False

    def has_a_twin(self, delivery: Delivery) -> bool:
        """The same words may be online already, and nobody knows: said again, nobody could tell which is which."""
        # Those in doubt are few, those of one account may be a hundred thousand: the account is compared here.
        doubt = Delivery.objects.filter(state__in=[Delivery.State.IN_FLIGHT, Delivery.State.TO_CHECK])
        same = doubt.filter(text_hash=delivery.text_hash).exclude(pk=delivery.pk)
        if self.account.pk not in same.values_list("account", flat=True):
            return False
        why = _("It waits until it is known whether the same text is online already.")
        delivery.mine(Delivery.State.WAITING).update(next_at=timezone.now() + 2 * SOON, failure=why)
        return True

    def say(self, delivery: Delivery) -> bool:
        """For the first time."""
        try:
            prepared = self.prepare(delivery)
        except net.NetworkError as error:
            return self.not_sent(delivery, error)
        except Exception as error:
            logger.exception(OURS, delivery.pk)
            return self.not_sent(delivery, net.NotSent(type(error).__name__, str(error)))
        if prepared.look_again_at:
            delivery.freeze(net.as_plain(prepared), prepared.look_again_at)
            return True
        return self.publish(delivery, prepared, Attempt.Kind.SEND)

    def prepare(self, delivery: Delivery) -> net.Prepared:
        """What was frozen before serves again, as long as the text is the same."""
        same = delivery.frozen is not None and delivery.frozen_hash == delivery.text_hash
        before = net.from_plain(net.Prepared, delivery.frozen) if same and delivery.frozen else None
        if before is not None and before.look_again_at is None:
            return before
        parts = Delivery.objects.filter(post=delivery.post_id, account=delivery.account_id).count()
        message, at = message_of(delivery, parts), delivery.due_at or timezone.now()
        return self.call(lambda account: self.network.prepare(account, message, at, before))

    def publish(self, delivery: Delivery, prepared: net.Prepared, kind: str) -> bool:
        """The call that makes it visible. Whatever interrupts it, the row said before what may have left."""
        before = attempts_of(delivery)
        with transaction.atomic():
            if kind == Attempt.Kind.SEND and not delivery.freeze(net.as_plain(prepared), None):
                return True
            if not delivery.leave():
                return False
            attempt = Attempt.objects.create(delivery=delivery, kind=kind)
        try:
            receipt = self.call(lambda account: self.network.publish(account, prepared, before))
        except net.NetworkError as error:
            attempt.end(error.outcome, error.said or error.code)
            return self.not_confirmed(delivery, error, before)
        except Exception as error:
            logger.exception(OURS, delivery.pk)
            attempt.end(net.Outcome.UNKNOWN, f"{type(error).__name__} {error}")
            return self.not_confirmed(delivery, net.UnknownOutcome(type(error).__name__, str(error)), before)
        return self.online(delivery, receipt, attempt)

    def online(self, delivery: Delivery, receipt: net.Receipt, attempt: Attempt | None = None) -> bool:
        """Nothing that fails after this may have it sent again."""
        taken = Delivery.objects.filter(account=self.account, network_id=receipt.id).exclude(pk=delivery.pk)
        if receipt.id and taken.exists():
            delivery.note("twin", id=receipt.id, permalink=receipt.permalink)
            delivery.ask(_("The network answered with another post of ours, which says the same."))
            return True
        with transaction.atomic():
            if attempt is not None:
                attempt.end("confirmed", receipt.permalink)
            delivery.confirm(receipt.id, receipt.permalink, net.as_plain(receipt), by="outbox")
        self.account.went_well()
        return True

    def not_confirmed(self, delivery: Delivery, error: net.NetworkError, before: net.Attempts | None) -> bool:
        """What the refusal of this call proves of the part: nothing, when an earlier call may have been taken."""
        delivery.note(str(error.outcome), code=error.code, said=error.said)
        if error.outcome == net.Outcome.UNKNOWN:
            delivery.look_again(timezone.now(), error.sentence)
            return self.settle(delivery)
        if before is not None:
            if isinstance(error, net.Refusal):
                return self.settle(delivery, error)
            return self.hushed(delivery, error)
        return self.not_sent(delivery, error)

    def not_sent(self, delivery: Delivery, error: net.NetworkError) -> bool:
        """Provably: it waits again, or goes back to its author."""
        if isinstance(error, net.Refusal):
            delivery.refuse(error.sentence)
            self.account.went_well()
            return True
        if isinstance(error, net.MediaLost):
            delivery.frozen_hash = ""
            Delivery.objects.filter(pk=delivery.pk).update(frozen_hash="")
        delivery.put_back(self.when(error), error.sentence)
        return self.quiet(error)

    def settle(self, delivery: Delivery, refusal: net.Refusal | None = None) -> bool:
        """Find out what became of something that may have left."""
        prepared = net.from_plain(net.Prepared, delivery.frozen or {})
        attempts = attempts_of(delivery)
        assert attempts is not None
        try:
            found = self.call(lambda account: self.network.confirm(account, prepared, attempts))
        except net.NetworkError as error:
            return self.hushed(delivery, error)
        except Exception as error:
            logger.exception(OURS, delivery.pk)
            return self.hushed(delivery, net.NotSent(type(error).__name__, str(error)))
        if found.receipt is not None and found.verdict == net.Verdict.CONFIRMED:
            Attempt.objects.create(delivery=delivery, kind=Attempt.Kind.LOOK).end("confirmed", found.why)
            return self.online(delivery, found.receipt)
        if found.verdict in {net.Verdict.AGAIN, net.Verdict.ABSENT} and refusal is None:
            if self.must_wait(delivery):
                return True
            return self.publish(delivery, prepared, Attempt.Kind.REPLAY)
        return self.unknown(delivery, found, refusal)

    def must_wait(self, delivery: Delivery) -> bool:
        """Said again at once the first time; then less and less often."""
        if delivery.sent_times < 2 or delivery.last_sent_at is None:
            return False
        wait = min(SHORTEST_WAIT * 2 ** min(delivery.sent_times - 2, 6), timedelta(minutes=1))
        at = delivery.last_sent_at + wait
        if at <= timezone.now():
            return False
        delivery.look_again(at, delivery.failure)
        return True

    def unknown(self, delivery: Delivery, found: net.Confirmation, refusal: net.Refusal | None) -> bool:
        """Nothing proves anything yet, or nothing ever will."""
        for candidate in found.candidates:
            delivery.note("seen", id=candidate.id, permalink=candidate.permalink)
        delivery.note("looked", said=found.why)
        if found.verdict == net.Verdict.WAIT and refusal is None:
            delivery.look_again(found.ask_again_at or timezone.now() + SOON, delivery.failure)
            return True
        why = _("The network cannot say whether this is online: somebody must look.")
        if self.network.capabilities().by_hand:
            why = delivery.failure
        delivery.ask(refusal.sentence if refusal else why, found.ask_again_at)
        return True

    def hushed(self, delivery: Delivery, error: net.NetworkError) -> bool:
        """It could not even be asked: the row stays as it is, the account is quiet."""
        delivery.look_again(self.when(error), error.sentence)
        return self.quiet(error)

    def quiet(self, error: net.NetworkError) -> bool:
        """Until the network, or a person, says otherwise. An account that is open after all goes on."""
        if isinstance(error, net.Held):
            if self.account.failures or not self.is_open():
                why = next(code for kind, code in HOLDS if isinstance(error, kind))
                self.account.hold(why, error.sentence, by="outbox")
            else:
                self.account.went_badly(timezone.now() + SHORTEST_WAIT, SHORTEST_WAIT, error.sentence)
            return False
        until = getattr(error, "retry_at", None) if isinstance(error, net.RateLimited) else None
        self.account.went_badly(until, self.back_off(), error.sentence)
        return False

    def back_off(self) -> timedelta:
        """Drawn at random up to twice as long each time, so that accounts do not all come back together."""
        most: timedelta = min(SHORTEST_WAIT * 2.0 ** (self.account.failures + 1), LONGEST_WAIT)
        return most * uniform(0.5, 1)  # noqa: S311 - a wait, not a secret

    def when(self, error: net.NetworkError) -> datetime:
        retry_at: Any = (
            getattr(error, "retry_at", None) if isinstance(error, net.RateLimited | net.MediaNotReady) else None
        )
        return retry_at or timezone.now()

    def is_open(self) -> bool:
        """Whether the account answers, although one call was told that it does not."""
        try:
            self.call(self.network.check)
        except net.NetworkError:
            return False
        return True

    def call(self, act: Callable[[net.Account], Answer]) -> Answer:
        return net.fresh(self.network, speaker(self.account), self.keys, act)


def is_being_prepared(delivery: Delivery) -> bool:
    """A file that was handed over is being read over there: one goes on from what was kept."""
    return bool(delivery.frozen and delivery.frozen.get("look_again_at"))
