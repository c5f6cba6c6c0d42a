"""Hands the recipients of a mailing over, one after another, in one conversation; the row of each says what is known.

Before a message is said, its row says that it is leaving; once the server took it, the row says so together with the next
one that leaves: one write for each. Whoever is killed leaves one row at most of which nobody knows.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Final

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors.mail import Rejected, Run, Severity, Unanswered
from lierre.connectors.mail.bounce import is_by_a_rule, severity_of, status_in
from lierre.people.returned_mail import comes_back
from lierre.publishing.mailing.claiming import claim, forget, put_back
from lierre.publishing.mailing.letter import Written
from lierre.publishing.models import Mailing, Recipient

State = Recipient.State
MOST_ATTEMPTS: Final = 8  # five minutes, ten, twenty…: ten hours and a half, a night of a relay that takes nothing
LATER: Final = timedelta(minutes=5)
SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
# So many refusals of the message itself, in a row: it is not the recipients.
OF_THE_MESSAGE: Final = 3

# Even when another sender wondered meanwhile: the server said so.
TAKEN: Final = (
    "UPDATE publishing_recipient SET state = 'taken', said = '' WHERE id = %s AND state IN ('leaving', 'uncertain')"
)
LEAVING: Final = (
    "UPDATE publishing_recipient SET state = 'leaving', left_at = %s WHERE id = %s AND state = 'claimed' AND holder = %s"
    " AND EXISTS (SELECT 1 FROM publishing_mailing WHERE id = %s AND state = 'sending')"
)


class NotNow(Exception):  # noqa: N818 - it says what happened, as the others of the house
    """It was paused, cancelled, unsubscribed from or taken over just before."""


class Sender:
    """`holder` has claimed the mailing: nobody else sends it meanwhile."""

    def __init__(self, mailing: Mailing, holder: str, must_stop: Event | None = None) -> None:
        self.mailing, self.holder, self.must_stop = mailing, holder, must_stop
        self.written = Written(mailing)
        self.taken: list[int] = []  # taken by the server, not written yet
        self.refusals: list[int] = []  # of the message itself, in a row

    def batch(self) -> int:
        """Those who may leave now. Answers how many were looked at."""
        claimed = claim(self.mailing, self.holder)
        if not claimed:
            return 0
        try:
            with Run() as run:
                for recipient in claimed:
                    if self.is_over() or not self.one(run, recipient):
                        break
            self.went_well()
        except OSError as error:
            self.be_quiet(f"{type(error).__name__}: {error}")
        finally:
            self.write_taken()
            put_back(self.mailing, self.holder)
        return len(claimed)

    def is_over(self) -> bool:
        return bool(self.must_stop and self.must_stop.is_set())

    def one(self, run: Run, recipient: Recipient) -> bool:
        """False when nothing more may leave for the moment."""
        letter = self.written.letter(recipient, timezone.localtime())
        try:
            run.hand_over(letter, self.leaving(recipient))
        except NotNow:
            return self.still_mine()
        except Rejected as rejection:
            return self.refused(recipient, rejection)
        except Unanswered as silence:
            self.settle(recipient, State.UNCERTAIN, str(silence))
            raise OSError(str(silence)) from silence
        except OSError:
            # Before its end was handed over, the server cannot have taken it.
            self.not_taken(recipient)
            raise
        self.taken.append(recipient.pk)
        self.refusals = []
        return True

    def leaving(self, recipient: Recipient) -> Callable[[], None]:
        """In plain SQL: it is said once for each message, and takes a third of the time."""

        def leave() -> None:
            now = connection.ops.adapt_datetimefield_value(timezone.now())
            with transaction.atomic(), connection.cursor() as cursor:
                for number in self.taken:
                    cursor.execute(TAKEN, [number])
                cursor.execute(LEAVING, [now, recipient.pk, self.holder, self.mailing.pk])
                left = cursor.rowcount
            self.taken = []
            if not left:
                raise NotNow

        return leave

    def write_taken(self) -> None:
        """What no message that leaves has written yet."""
        with transaction.atomic(), connection.cursor() as cursor:
            for number in self.taken:
                cursor.execute(TAKEN, [number])
        self.taken = []

    def still_mine(self) -> bool:
        return Mailing.objects.filter(pk=self.mailing.pk, holder=self.holder, state=Mailing.State.SENDING).exists()

    def settle(self, recipient: Recipient, state: str, said: str, **fields: object) -> None:
        Recipient.objects.filter(pk=recipient.pk, state__in=[State.CLAIMED, State.LEAVING]).update(
            state=state, said=said[:300], **fields
        )

    def not_taken(
        self, recipient: Recipient, said: str = "", wait: timedelta = timedelta(0), attempts: int = 0
    ) -> None:
        with transaction.atomic():
            forget(self.mailing, [recipient.person_id])
            again = {"next_at": timezone.now() + wait, "attempts": F("attempts") + attempts, "left_at": None}
            self.settle(recipient, State.WAITING, said, **again)

    def refused(self, recipient: Recipient, rejection: Rejected) -> bool:
        """The server answered, and took nothing."""
        said = str(rejection)
        if not rejection.for_ever:
            if recipient.attempts + 1 < MOST_ATTEMPTS:
                self.not_taken(recipient, said, LATER * 2**recipient.attempts, 1)
            else:
                self.give_up(recipient, said)
            if rejection.code == 421:
                raise OSError(said)
            return True
        self.give_up(recipient, said)
        # A relay that does not know us, or a list that refuses us, says it at each address: it is not the recipients either.
        if rejection.of_the_address and not is_by_a_rule(status_in(said), said):
            self.address_is_refused(recipient, said)
            return True
        self.refusals.append(recipient.pk)
        return len(self.refusals) < OF_THE_MESSAGE or self.ask_somebody(said)

    def give_up(self, recipient: Recipient, said: str) -> None:
        with transaction.atomic():
            forget(self.mailing, [recipient.person_id])
            self.settle(recipient, State.REFUSED, said, left_at=None)

    def address_is_refused(self, recipient: Recipient, said: str) -> None:
        if severity_of("failed", status_in(said) or "5.0.0", said) == Severity.HARD:
            Recipient.objects.filter(pk=recipient.pk).update(bounced="hard")
            comes_back(recipient.person, recipient.address, said, by="mailings")

    def ask_somebody(self, said: str) -> bool:
        """The message itself, or who sends it, is refused: those who were refused wait again, and a person looks."""
        Recipient.objects.filter(pk__in=self.refusals, state=State.REFUSED).update(state=State.WAITING, said=said[:300])
        self.mailing.pause(_("The mail server refuses the message itself: %(words)s") % {"words": said}, by="mailings")
        return False

    def went_well(self) -> None:
        if self.mailing.failures or self.mailing.quiet_until:
            Mailing.objects.filter(pk=self.mailing.pk, holder=self.holder).update(failures=0, quiet_until=None, said="")
            self.mailing.failures, self.mailing.quiet_until = 0, None

    def be_quiet(self, said: str) -> None:
        """The mail server does not answer: asked again less and less often, and said on the page."""
        wait: timedelta = min(SHORTEST * 2.0 ** min(self.mailing.failures, 6), LONGEST)
        until = timezone.now() + wait
        mine = Mailing.objects.filter(pk=self.mailing.pk)
        mine.update(failures=F("failures") + 1, quiet_until=until, said=said[:300])
        self.mailing.refresh_from_db()
