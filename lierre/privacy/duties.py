"""What privacy does by itself, once somebody has started the clock: it tells, asks, reminds, lets go."""

from datetime import date, timedelta
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.periods import months_later
from lierre.people.models import Person
from lierre.people.sweeping import sweep
from lierre.privacy import ledger
from lierre.privacy.contacting import record_contact
from lierre.privacy.ending import endings_of, nothing_ends_for, reached, take_out
from lierre.privacy.letters import address_of, message
from lierre.privacy.models import ArchivedDegree, Clock, Letter, Request
from lierre.privacy.reminding import remind_of
from lierre.privacy.retention import COUNTED, asked_twice, counted, let_go, steps, to_ask, to_be_told

AT_ONCE: Final = 100
LETTERS_A_NIGHT: Final = 500
# Erasing goes through every file that is kept, once for all of those who go.
LET_GO_A_NIGHT: Final = 2_000
BY: Final = "privacy"
OWED: Final = "information"
LOOKED_AT_A_NIGHT: Final = 5_000
YEARS_KEPT: Final = 5


@duty(every=timedelta(minutes=1), label=gettext_lazy("Send the letters that are owed"))
def send_letters() -> str:
    """At least once: a sender that dies after the message left sends it again. Written once for each person."""
    left = [send(letter) for letter in Letter.objects.to_send().select_related("person")[:AT_ONCE] if letter.claim()]
    return ngettext("%(count)d letter left.", "%(count)d letters left.", sum(left)) % {"count": sum(left)}


def send(letter: Letter) -> bool:
    """No transaction is open meanwhile: a mail server may take its time."""
    address = address_of(letter.person)
    try:
        if not address:
            raise Refused(_("We hold no way to reach them."))
        if letter.kind == Letter.Kind.PERMISSION:
            record_contact(letter.person, OWED, service=str(letter.get_kind_display())[:60])
        message(letter, address).send()
    except Exception as error:  # whatever a mail server or an address may bring
        letter.mark_failed(str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}")
        return False
    letter.mark_sent()
    return True


@duty(every="daily at 03:50", label=gettext_lazy("Sweep the file of the base after those who were erased"))
def sweep_the_base() -> None:
    """An erasing does it at once, unless somebody was reading just then."""
    sweep()


@duty(every="daily at 04:10", label=gettext_lazy("Forget old requests of rights"))
def forget_requests() -> str:
    """Five years after the answer; the journal keeps that it was given in time."""
    gone, _by_model = Request.objects.settled_before(months_later(timezone.localdate(), -12 * YEARS_KEPT)).delete()
    return ngettext("%(count)d request forgotten.", "%(count)d requests forgotten.", gone) % {"count": gone}


@duty(every="daily at 04:50", label=gettext_lazy("Count whom the retention clock reaches"))
def count_retention() -> str:
    """Only where counting is long: the page of retention then shows what the night counted."""
    found = counted()
    found = counted(afresh=True) if cache.get(COUNTED) else found
    said = _("%(count)d persons are reached within thirty days, %(told)d are to be told where their data comes from.")
    return said % {"count": len(found.soon), "told": found.to_tell}


@duty(every="daily at 05:10", label=gettext_lazy("Tell those whose data came from elsewhere (article 14)"))
def write_notices() -> str:
    """Within one month of the import. Each is told once for each source."""
    if not Clock.runs():
        return _("The clock is stopped: nobody has started it yet.")
    new = {}
    for found in to_be_told().filter(person__isnull=False)[: LETTERS_A_NIGHT * 4].iterator(chunk_size=500):
        assert found.person_id is not None
        new[found.person_id, found.source_id] = Letter(
            person_id=found.person_id, kind=Letter.Kind.NOTICE, turn=found.source_id
        )
    return written(list(new.values())[:LETTERS_A_NIGHT])


@duty(every="daily at 05:20", label=gettext_lazy("Ask those who gave no sign whether their data may be kept"))
def ask_permission() -> str:
    """First a question, then a reminder a month later."""
    if not Clock.runs():
        return _("The clock is stopped: nobody has started it yet.")
    today = timezone.localdate()
    asked = steps([*to_ask(today)[:LETTERS_A_NIGHT], *ending_to_ask(today)][:LETTERS_A_NIGHT], today)
    letters = [Letter(person=step.person, kind=Letter.Kind.PERMISSION, turn=step.turn) for step in asked]
    return written(letters)


def ending_to_ask(today: date) -> list[Person]:
    """Those who stay, and of whom something would go. The others are not looked at again until a longer clock runs out."""
    found = list(to_ask(today, reached(today))[:LOOKED_AT_A_NIGHT])
    ending = {each.person.pk for each in endings_of(found, today)}
    nothing_ends_for([person for person in found if person.pk not in ending], today)
    return [person for person in found if person.pk in ending]


@duty(every="daily at 05:40", label=gettext_lazy("Let go those who were asked twice and gave no sign"))
def let_people_go() -> str:
    """Their degrees stay in the archive; the rest is erased everywhere. Of those who stay, what no purpose needs goes."""
    if not Clock.runs():
        return _("The clock is stopped: nobody has started it yet.")
    today = timezone.localdate()
    ending = endings_of(list(asked_twice(today, reached(today))[:LET_GO_A_NIGHT]), today)
    gone = [*asked_twice(today)[:LET_GO_A_NIGHT], *(each.person for each in ending if each.leaves)]
    if gone:
        let_go(gone, by=BY)
    staying = [each for each in ending if not each.leaves]
    if staying:
        take_out(staying, by=BY, reason=_("No purpose needs them any more, after two letters."))
    count, less = len(gone), len(staying)
    told = ngettext("%(count)d person was let go.", "%(count)d persons were let go.", count) % {"count": count}
    also = ngettext("%(count)d person stays with less.", "%(count)d persons stay with less.", less) % {"count": less}
    return f"{told} {also}" if less else told


@duty(every="daily at 04:20", label=gettext_lazy("Empty the archive of what has had its time"))
def empty_the_archive() -> str:
    """The last day of each was written when it was archived."""
    with transaction.atomic():
        gone, _by_model = ArchivedDegree.objects.over().delete()
        if gone:
            record("archive.expired", by=BY, count=gone)
    return ngettext("%(count)d archived degree went.", "%(count)d archived degrees went.", gone) % {"count": gone}


@duty(every=timedelta(minutes=10), label=gettext_lazy("Erase again whoever a copy of the base has brought back"))
def erase_again() -> str:
    """Reads nothing as long as the base knows the whole list of erasings."""
    if not ledger.is_at_rest():
        return _("An erasing was written down just now: it is looked at later.")
    count = ledger.erase_again(by=BY)
    return ngettext("%(count)d person was erased again.", "%(count)d persons were erased again.", count) % {
        "count": count
    }


@duty(every="daily at 07:00", label=gettext_lazy("Remind of requests of rights that press"))
def remind() -> str:
    """Whoever answers for it, or the data protection officers; once in three days, from a week before the deadline."""
    told = [remind_of(asked) for asked in Request.objects.pressing().select_related("handler")]
    return ngettext("%(count)d reminder left.", "%(count)d reminders left.", sum(told)) % {"count": sum(told)}


def written(letters: list[Letter]) -> str:
    """The constraint forbids a second one: written by two workers at once, a letter is one letter."""
    with transaction.atomic():
        before = Letter.objects.count()
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        count = Letter.objects.count() - before
        if count:
            record("letters.written", by=BY, count=count, kind=letters[0].kind)
    return ngettext("%(count)d letter written.", "%(count)d letters written.", count) % {"count": count}
