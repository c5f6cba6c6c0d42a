"""Who is in a group, who asks to be, who was invited; and who left, so that no rule brings them back."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.community.models.group import Group
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Person
from lierre.people.projection import changed


class MembershipQuerySet(models.QuerySet["Membership"]):
    def within(self) -> Self:
        """Those who are in."""
        return self.filter(state="in", group__closed_at=None)

    def of(self, person: Person) -> Self:
        return self.filter(person=person, group__closed_at=None)

    def asking(self) -> Self:
        return self.filter(state="asked", group__closed_at=None)

    def forget(self) -> int:
        """Take the rows away, and tell the directory: who sees whom has changed."""
        numbers = list(self.values_list("person_id", flat=True))
        gone, _by_model = self.delete()
        changed(numbers)
        return gone


class Membership(models.Model):
    """One row for a person and a group. `hosts`: answers those who ask, and invites."""

    class State(models.TextChoices):
        IN = "in", gettext_lazy("in")
        ASKED = "asked", gettext_lazy("asks to join")
        INVITED = "invited", gettext_lazy("invited")
        LEFT = "left", gettext_lazy("has left")
        REFUSED = "refused", gettext_lazy("was answered no")

    class How(models.TextChoices):
        RULE = "rule", gettext_lazy("by their studies")
        REQUEST = "request", gettext_lazy("at their request")
        INVITATION = "invitation", gettext_lazy("by invitation")

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State)
    how = models.CharField(gettext_lazy("how"), max_length=10, choices=How)
    hosts = models.BooleanField(gettext_lazy("hosts the group"), default=False)
    invited_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    merge_id = models.BigIntegerField(null=True)  # of the merge that brought it from another person

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = gettext_lazy("membership")
        verbose_name_plural = gettext_lazy("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "person"], name="in_a_group_once"),
            models.CheckConstraint(condition=models.Q(hosts=False) | models.Q(state="in"), name="a_host_is_in"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return f"{self.group}, {self.get_state_display()}"

    @classmethod
    def ask(cls, group: Group, person: Person, *, by: Any) -> "Membership":
        """Whoever hosts the group answers. Who left may ask; who was answered no may not ask again."""
        refusals = {
            cls.State.IN: _("You are in this group already."),
            cls.State.ASKED: _("You have asked already: whoever hosts the group answers."),
            cls.State.REFUSED: _("This group answered no. If it is a mistake, write to the alumni office."),
        }
        with transaction.atomic():
            known = cls.row(group, person)
            if known and known.state == cls.State.INVITED:
                known.enter(by=by)
                return known
            if known and known.state in refusals:
                raise Refused(refusals[cls.State(known.state)])
            kept = cls.keep(known, group, person, cls.State.ASKED, cls.How.REQUEST)
            record("group.asked", group, by=by, membership=kept.pk)
        return kept

    @classmethod
    def invite(cls, group: Group, person: Person, *, by: Any) -> "Membership":
        """They answer themselves. Whoever left is not called back, whoever asks is let in."""
        with transaction.atomic():
            known = cls.row(group, person)
            if known and known.state == cls.State.ASKED:
                known.enter(by=by)
                return known
            if known and known.state != cls.State.REFUSED:
                # Said of all of them alike: why is theirs to tell.
                raise Refused(_("They are in the group, or know of it already."))
            kept = cls.keep(known, group, person, cls.State.INVITED, cls.How.INVITATION, invited_by=str(by)[:200])
            record("group.invited", group, by=by, membership=kept.pk)
        return kept

    @classmethod
    def row(cls, group: Group, person: Person) -> "Membership | None":
        if group.closed_at:
            raise Refused(_("This group is closed."))
        return cls.objects.select_for_update().filter(group=group, person=person).first()

    @classmethod
    def keep(
        cls, known: "Membership | None", group: Group, person: Person, state: str, how: str, **more: Any
    ) -> "Membership":
        kept = known or cls(group=group, person=person)
        for name, value in {"state": state, "how": how, "at": timezone.now(), **more}.items():
            setattr(kept, name, value)
        kept.save()
        return kept

    def enter(self, *, by: Any) -> None:
        """They are in: an invitation that is taken, a request that is granted."""
        self.move([self.State.ASKED, self.State.INVITED], self.State.IN, verb="group.joined", by=by)

    def refuse(self, *, by: Any) -> None:
        self.move([self.State.ASKED], self.State.REFUSED, verb="group.refused", by=by)

    def decline(self, *, by: Any) -> None:
        """The one who is invited would rather not. Nobody is told, and nobody calls again."""
        self.move([self.State.INVITED], self.State.LEFT, verb="group.declined", by=by)

    def leave(self, *, by: Any) -> None:
        self.move([self.State.IN, self.State.ASKED], self.State.LEFT, verb="group.left", by=by)

    def put_out(self, *, by: Any) -> None:
        self.move([self.State.IN], self.State.REFUSED, verb="group.removed", by=by)

    def give_keys(self, hosts: bool, *, by: Any) -> None:
        """Let them answer those who ask, or no more."""
        with transaction.atomic():
            if not Membership.objects.filter(pk=self.pk, state="in").exclude(hosts=hosts).update(hosts=hosts):
                raise Refused(_("This is so already."))
            record("group.host", self.group, by=by, membership=self.pk, hosts=hosts)

    def move(self, before: Collection[str], after: str, *, verb: str, by: Any) -> None:
        """Two who press at once: one is refused. Who sees whom changes with it, at once."""
        with transaction.atomic():
            held = Membership.objects.filter(pk=self.pk, state__in=before)
            if not held.update(state=after, hosts=False, at=timezone.now()):
                raise Refused(_("This was settled already."))
            self.refresh_from_db(fields=["state", "hosts", "at"])
            changed([self.person_id])
            record(verb, self.group, by=by, membership=self.pk)
