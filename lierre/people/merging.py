"""
Two persons are one: all the records of the one speak of the other from now on. Undone, both are as they were.

Domains above have rows of their own about persons (consents, memberships, messages). They follow through `follow_merges`:
both functions are called in the transaction of the merge, once the persons are folded again. The first moves what hangs
on `merge.gone` to `merge.kept`, and keeps `merge.pk` beside what it moved; the second moves back what bears `merge.pk`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.following import ask_of_whoever_kept, contradicted, said_different
from lierre.people.homes import Home, Homes
from lierre.people.linking import point
from lierre.people.marks import veiled
from lierre.people.models import Decision, Import, Judgement, Merge, Person, Record
from lierre.people.models.merge import standing
from lierre.people.refold import fold_again, lock

Following = Callable[[Merge], None]
after_merge: Final[list[Following]] = []
after_unmerge: Final[list[Following]] = []


def follow_merges(merged: Following, unmerged: Following) -> None:
    """Have these called after each merge, and after each merge that is undone. Call it when the application starts."""
    if merged not in after_merge:
        after_merge.append(merged)
        after_unmerge.append(unmerged)


class SaidDifferent(Refused):
    """Somebody said that they are two persons: whoever knows better must say so."""


class Undecided(Refused):
    """Records that came after the merge may be of either: somebody must say of whom."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        super().__init__(_("Some records came after the merge and may be of either person: say of whom each speaks."))


def merge(person: Person, kept: Person, *, by: Any, reason: str, despite: bool = False) -> Merge:
    """`person` leaves the directory. `despite`: somebody said that they are two, and it is known."""
    if not reason.strip():
        raise Refused(_("Say why: the next reader will ask."))
    with transaction.atomic():
        refuse_while_an_import_is_written()
        lock(sorted([person.pk, kept.pk]))
        person, kept = standing(person), standing(kept)
        refuse_if_impossible(person, kept, despite)
        records = list(Record.objects.select_for_update().filter(person=person).order_by("pk"))
        if not records:
            raise Refused(_("No record speaks of %(person)s: there is nothing to bring over.") % {"person": person})
        Merge.objects.standing().filter(kept=person).update(kept=kept)
        done = Merge.objects.create(
            gone=person, kept=kept, first_kept=kept, reason=reason, by_name=str(by), account=person.account,
            stayed=list(Record.objects.filter(person=kept).values_list("pk", flat=True)),
        )  # fmt: skip
        bring_over(records, done)
        move_account(person, kept)
        fold_again([person.pk, kept.pk])
        ask_of_whoever_kept(done)
        contradicted(done)
        journal("person.merged", kept, by=by, why=veiled(reason, kept), records=len(records), merge=done.pk)
        for follow in after_merge:
            follow(done)
    return done


def refuse_if_impossible(person: Person, kept: Person, despite: bool) -> None:
    if person.pk == kept.pk:
        raise Refused(_("This is already the same person."))
    if person.account_id and kept.account_id:
        raise Refused(_("Both of them sign in with an account of their own: close one of the two accounts first."))
    said = None if despite else said_different(person, kept)
    if said and said.judged_at:
        raise SaidDifferent(
            _("On %(day)s, %(name)s said that %(one)s and %(other)s are two persons. If you know better, say so.")
            % {"day": date_format(said.judged_at, "DATE_FORMAT"), "name": said.judged_by, "one": person, "other": kept}
        )


def refuse_while_an_import_is_written() -> None:
    """It has decided already of whom its lines speak."""
    if Import.objects.filter(state__in=[Import.State.APPLYING, Import.State.REVERTING]).exists():
        raise Refused(_("An import is being written just now: wait until it is finished, then ask again."))


def bring_over(records: Sequence[Record], merge: Merge) -> None:
    Decision.objects.bulk_create(
        Decision(
            record=record, before_id=merge.gone_id, after_id=merge.kept_id, link_before=record.linked_by, merge=merge,
            reason=merge.reason, by_name=merge.by_name, at=merge.at,
        )
        for record in records
    )  # fmt: skip
    Record.objects.filter(pk__in=[record.pk for record in records]).update(
        person=merge.kept_id, linked_by=Record.Link.STAFF
    )


def move_account(person: Person, kept: Person) -> None:
    """Whoever signs in goes on finding their record."""
    if person.account_id:
        account, person.account = person.account, None
        person.save(update_fields=["account"])
        kept.account = account
        kept.save(update_fields=["account"])


def unmerge(done: Merge, *, by: Any, theirs: Mapping[int, bool] | None = None) -> Merge:
    """
    Both are what they were. What came since goes to the one whose numbers it bears.

    `theirs` tells, for the records that nothing tells apart, whether each is of the person who comes back.
    """
    with transaction.atomic():
        refuse_while_an_import_is_written()
        done = Merge.objects.select_for_update(of=["self"]).select_related("gone", "kept__account").get(pk=done.pk)
        if done.undone_at:
            raise Refused(_("This merge is already undone."))
        gone, kept = done.gone, done.kept
        lock(sorted([gone.pk, kept.pk]))
        homes = Homes.of(kept)
        side = homes.side_of(gone.pk)
        going = leaving(homes, side, theirs or {})
        done.undone_at = timezone.now()
        done.save(update_fields=["undone_at"])
        Merge.objects.standing().filter(kept=kept, gone__in=side).update(kept=gone)
        for home in going:
            give_back(home, done, by=by)
        if done.account_id and kept.account_id == done.account_id:
            move_account(kept, gone)
        fold_again([gone.pk, kept.pk])
        gone.refresh_from_db()
        Judgement.objects.of_merge(done).take_back(by=by)
        journal("person.unmerged", gone, by=by, why=veiled(done.reason, gone, kept), records=len(going), merge=done.pk)
        for follow in after_unmerge:
            follow(done)
    return done


def leaving(homes: Homes, side: set[int], theirs: Mapping[int, bool]) -> list[Home]:
    """The records that go back with this side."""
    asked = [home for home in homes.found if home.possible & side and home.possible - side]
    if unanswered := [home.record for home in asked if home.record.pk not in theirs]:
        raise Undecided(unanswered)
    certain = [home for home in homes.found if home.possible <= side]
    return certain + [home for home in asked if theirs[home.record.pk]]


def undecided(done: Merge) -> list[Record]:
    """The records about which somebody would be asked, were this merge undone now."""
    homes = Homes.of(done.kept)
    side = homes.side_of(done.gone_id)
    return [home.record for home in homes.found if home.possible & side and home.possible - side]


def give_back(home: Home, done: Merge, *, by: Any) -> None:
    """Point one record back. One that came since is given, with a decision that can be undone like any other."""
    record = home.record
    brought = next((at for at, each in enumerate(home.path) if each.merge_id == done.pk), None)
    undone = home.path if brought is None else home.path[brought:]
    Decision.objects.filter(pk__in=[each.pk for each in undone]).update(undone_at=done.undone_at)
    link = undone[0].link_before if undone else record.linked_by
    if brought is None:
        Decision.objects.create(
            record=record, before_id=done.kept_id, after_id=done.gone_id, link_before=link, by_name=str(by),
            reason=_("It came after the merge, and is of the person who comes back."),
        )  # fmt: skip
    point(record, done.gone_id, link)
