"""Sends what is due for one account, one part after another, and settles what was left unsettled.

No transaction is open while a network is called. Before each call the row says what is about to happen; after it, what did.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.connectors.network.text import fingerprint
from lierre.foundation.errors import Refused
from lierre.publishing.library.film_copies import NotMadeYet
from lierre.publishing.models import Account, Attempt, Delivery
from lierre.publishing.models.attempt import Call
from lierre.publishing.models.departure import Departure
from lierre.publishing.models.voice import SHORTEST_WAIT, Voice
from lierre.publishing.outbox.files import is_being_prepared, read_in_time, still_read, too_long
from lierre.publishing.outbox.speaking import attempts_of, message_of
from lierre.publishing.outbox.speech import Speech

# How long one waits before asking again what became of something, when the network does not say.
SOON: Final = timedelta(seconds=2)
# Rows whose turn is found in one question; each is read again when it is taken.
AHEAD: Final = 20
LONGEST_LINK: Final = 500  # one that is longer is not kept: the number of the post proves as much
# No network is to blame: the row says what happened, and the log where.
OURS: Final = "The outbox failed of itself with the delivery %s; what is known of it is in its row."
logger = logging.getLogger(__name__)


class Sender(Speech):
    """`ahead`: rows whose turn comes; `doubtful`: what may be online already, among the texts of these."""

    def __init__(self, account: Voice, holder: str) -> None:
        super().__init__(account, holder)
        self.ahead: list[Departure] = []
        self.doubtful: set[str] = set()
        self.may_go_on: Callable[[], bool] = lambda: True

    def send_all(self, may_go_on: Callable[[], bool]) -> int:
        """Everything that is due, until the account must be quiet, or one may not go on. Answers how many turns."""
        turns, self.may_go_on = 0, may_go_on
        while may_go_on():
            delivery = self.next()
            if delivery is None:
                break
            turns += 1
            if not self.turn(delivery):
                break
            if delivery.state != Delivery.State.CONFIRMED:
                self.ahead = []  # it may be its turn again, or keep others waiting
        return turns

    def next(self) -> Departure | None:
        """What may have left comes first: it is known before anything else is said."""
        if not self.ahead:
            self.look_ahead()
        found = self.ahead.pop(0) if self.ahead else None
        if found is not None:
            found.holder, found.account = self.holder, self.account
        return found

    def look_ahead(self) -> None:
        """
        The same words may be online already, and nobody knows: said again, nobody could tell which is which. The same to the
        letter but for their signs, too, as long as one of them is looked for: a list is read without its signs.
        """
        now, rows = timezone.now(), self.account.deliveries.model.objects
        if self.is_quiet():
            self.ahead = list(
                self.account.deliveries.in_doubt().filter(next_at__lte=now).order_by("next_at", "pk")[:AHEAD]
            )
            return
        # Those that were begun, or are in doubt, are few; those of one account may be a hundred thousand. So the account is
        # compared here: no index must be walked through for them.
        begun = rows.unsettled().filter(next_at__lte=now).values_list("next_at", "pk", "account")
        first = sorted(each for each in begun if each[2] == self.account.pk)[:1]
        due = self.account.deliveries.turning(now).order_by("next_at", "pk")
        self.ahead = list(rows.filter(pk__in=[pk for _at, pk, _account in first]) if first else due[:AHEAD])
        waiting = [each for each in self.ahead if each.state == Delivery.State.WAITING]
        said = {each.text_hash for each in waiting}
        alike = rows.in_doubt().filter(Q(text_hash__in=said) | Q(next_at__isnull=False))
        found = list(alike.values_list("account", "text_hash", "text", "next_at")) if said else ()
        ours = [each for each in found if each[0] == self.account.pk]
        letters = {fingerprint(text) for _account, _hash, text, looked_for in ours if looked_for}
        doubtful = {text_hash for _account, text_hash, _text, _looked_for in ours}
        self.doubtful = doubtful | {each.text_hash for each in waiting if letters and fingerprint(each.text) in letters}

    def turn(self, delivery: Departure) -> bool:
        """One step with one row. False when the account had better say nothing for a while."""
        self.just_read = False
        try:
            if delivery.state in {Delivery.State.IN_FLIGHT, Delivery.State.TO_CHECK}:
                return self.settle(delivery)
            if delivery.state == Delivery.State.CLAIMED and not is_being_prepared(delivery):
                # Whoever had taken it died before saying anything: it is as if nothing had happened.
                delivery.put_back(timezone.now(), "")
                return True
            if delivery.state == Delivery.State.WAITING:
                return self.take(delivery)
            delivery.read_again()
            return self.say(delivery)
        except Refused as refusal:
            self.account.hold(Account.Held.TOKEN, str(refusal), by="outbox")
            return False

    def take(self, delivery: Departure) -> bool:
        if delivery.text_hash in self.doubtful:
            why = _("It waits until it is known whether the same text is online already.")
            delivery.mine(Delivery.State.WAITING).update(next_at=timezone.now() + 2 * SOON, failure=why)
            return True
        if not delivery.claim():
            # Changed meanwhile, or cancelled; or somebody asked this account for silence, or it is no longer ours.
            ours = type(self.account).objects.filter(pk=self.account.pk, held="")
            return bool(ours.spoken_for_by(self.holder).exists())
        self.speak_as(delivery.account, just_read=True)
        return self.say(delivery)

    def say(self, delivery: Departure) -> bool:
        """For the first time."""
        try:
            prepared = self.prepare(delivery)
        except net.NetworkError as error:
            return self.not_sent(delivery, error)
        except Exception as error:
            logger.exception(OURS, delivery.pk)
            return self.not_sent(delivery, net.NotSent(type(error).__name__, str(error)))
        if prepared.look_again_at:
            return self.wait_for_files(delivery, prepared, prepared.look_again_at)
        return self.publish(delivery, prepared, Attempt.Kind.SEND)

    def wait_for_files(self, delivery: Departure, prepared: net.Prepared, at: datetime) -> bool:
        """They are being read over there: others leave meanwhile."""
        later = read_in_time(delivery, at)
        if later is None:
            delivery.refuse(too_long())
        else:
            delivery.freeze(net.as_plain(prepared), later, still_read())
        return True

    def prepare(self, delivery: Departure) -> net.Prepared:
        """What was frozen before serves again, as long as the text is the same."""
        same = delivery.frozen is not None and delivery.frozen_hash == delivery.text_hash
        before = net.from_plain(net.Prepared, delivery.frozen) if same and delivery.frozen else None
        if before is not None and before.look_again_at is None:
            return before
        message, at = message_of(delivery, delivery.parts), delivery.due_at or timezone.now()
        return self.call(lambda account: self.network.prepare(account, message, at, before))

    def publish(self, delivery: Departure, prepared: net.Prepared, kind: str) -> bool:
        """The call that makes it visible. Whatever interrupts it, the row said before what may have left."""
        before = attempts_of(delivery)
        with transaction.atomic():
            if not delivery.leave(net.as_plain(prepared) if kind == Attempt.Kind.SEND else None):
                return False
            attempt = delivery.log.create(kind=kind)
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

    def online(self, delivery: Departure, receipt: net.Receipt, attempt: Call | None = None) -> bool:
        """Nothing that fails after this may have it sent again."""
        try:
            with transaction.atomic():
                if attempt is not None:
                    attempt.end("confirmed", receipt.permalink)
                link = receipt.permalink if len(receipt.permalink) <= LONGEST_LINK else ""
                delivery.confirm(receipt.id, link, net.as_plain(receipt), by="outbox")
        except IntegrityError:
            if not self.is_of_another(delivery, receipt):
                raise
            delivery.note("twin", id=receipt.id, permalink=receipt.permalink)
            yours = _("The network answered with another post of yours, which says the same.")
            ours = _("The network answered with another post of ours, which says the same.")
            delivery.ask(yours if self.account.is_personal else ours)
            return True
        if attempt is not None or not self.is_quiet():
            self.account.went_well()
        return True

    def is_of_another(self, delivery: Departure, receipt: net.Receipt) -> bool:
        same = self.account.deliveries.filter(network_id=receipt.id).exclude(network_id="")
        return bool(same.exclude(pk=delivery.pk).exists())

    def not_confirmed(self, delivery: Departure, error: net.NetworkError, before: net.Attempts | None) -> bool:
        """What the refusal of this call proves of the part: nothing, when an earlier call may have been taken."""
        delivery.note(str(error.outcome), code=error.code, said=error.said)
        if error.outcome == net.Outcome.UNKNOWN:
            delivery.look_again(timezone.now(), error.sentence)
            # Whoever must stop leaves it so: it is the first that will be looked at.
            return self.may_go_on() and self.settle(delivery)
        if before is not None:
            if isinstance(error, net.Refusal):
                return self.settle(delivery, error)
            return self.hushed(delivery, error)
        return self.not_sent(delivery, error)

    def not_sent(self, delivery: Departure, error: net.NetworkError) -> bool:
        """Provably: it waits again, or goes back to its author."""
        if isinstance(error, net.Refusal):
            delivery.refuse(error.sentence)
            self.account.went_well()
            return True
        if isinstance(error, NotMadeYet):
            delivery.put_back(self.when(error), error.sentence)
            return True
        if isinstance(error, net.MediaLost):
            delivery.frozen_hash = ""
            type(delivery).objects.filter(pk=delivery.pk).update(frozen_hash="")
        if isinstance(error, net.MediaNotReady | net.MediaLost):
            return self.not_yet(delivery, error)
        delivery.put_back(self.when(error), error.sentence)
        return self.quiet(error)

    def not_yet(self, delivery: Departure, error: net.NotSent) -> bool:
        """It is this file alone that is not ready, or that is gone over there: others leave meanwhile."""
        later = read_in_time(delivery, error.retry_at)
        if later is None:
            delivery.refuse(too_long())
        else:
            delivery.put_back(later, still_read())
        return True

    def settle(self, delivery: Departure, refusal: net.Refusal | None = None) -> bool:
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
            delivery.log.create(kind=Attempt.Kind.LOOK).end("confirmed", found.why)
            return self.online(delivery, found.receipt)
        if found.verdict in {net.Verdict.AGAIN, net.Verdict.ABSENT} and refusal is None:
            if self.must_wait(delivery) or not self.may_go_on():
                return True
            if self.is_quiet():
                delivery.look_again(self.account.quiet_until or timezone.now(), delivery.failure)
                return True
            return self.publish(delivery, prepared, Attempt.Kind.REPLAY)
        return self.unknown(delivery, found, refusal)

    def must_wait(self, delivery: Departure) -> bool:
        """Said again at once the first time; then less and less often."""
        if delivery.sent_times < 2 or delivery.last_sent_at is None:
            return False
        wait = min(SHORTEST_WAIT * 2 ** min(delivery.sent_times - 2, 6), timedelta(minutes=1))
        at = delivery.last_sent_at + wait
        if at <= timezone.now():
            return False
        delivery.look_again(at, delivery.failure)
        return True

    def unknown(self, delivery: Departure, found: net.Confirmation, refusal: net.Refusal | None) -> bool:
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

    def hushed(self, delivery: Departure, error: net.NetworkError) -> bool:
        """It could not even be asked: the row stays as it is, the account is quiet."""
        going = self.quiet(error)
        delivery.look_again(max(self.when(error), self.account.quiet_until or timezone.now()), error.sentence)
        return going

    def when(self, error: net.NetworkError) -> datetime:
        retry_at: Any = (
            getattr(error, "retry_at", None) if isinstance(error, net.RateLimited | net.MediaNotReady) else None
        )
        return retry_at or timezone.now()
