"""Someone who can sign in. Who they are as a graduate is not known here: `people` holds that link."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import check_free
from lierre.accounts.models.role import Role
from lierre.accounts.models.unit import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession
    from django.db.models.fields.related_descriptors import RelatedManager

    from lierre.accounts.models.acting import Acting


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def called(self, words: str) -> Self:
        """Whose name or address holds each of these words."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return found

    def holding(self, kind: str = "", within: Collection[Unit] | None = None) -> Self:
        """Who holds this role (or any) today, in one of these units or below it (or anywhere)."""
        roles = Role.objects.in_force().filter(user=models.OuterRef("pk"))
        if kind:
            roles = roles.filter(kind=kind)
        if within is not None:
            below = Q(pk__in=[])
            for unit in within:
                below |= Q(unit__path__startswith=unit.path)
            roles = roles.filter(below)
        return self.filter(models.Exists(roles))

    def who_never_came(self) -> Self:
        return self.filter(last_login=None)

    def with_last_seen(self) -> Self:
        """Each with `seen_at`: the last page of an open session, else the last time they signed in; None if never."""
        page = Max("usersession__last_seen_at")
        return self.annotate(seen_at=Coalesce(Greatest(page, "last_login"), page, "last_login"))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            # Whoever opens an account followed a link sent to this address, or holds the machine.
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email__iexact=username)
        return found


class User(AbstractBaseUser):
    """A log-in. `is_active` is what takes it away; the row stays, because the journal names it."""

    email = models.EmailField(gettext_lazy("e-mail"), unique=True)
    name = models.CharField(gettext_lazy("name"), max_length=150)
    is_active = models.BooleanField(gettext_lazy("active"), default=True)
    joined_at = models.DateTimeField(gettext_lazy("since"), default=timezone.now)
    language = models.CharField(gettext_lazy("language"), max_length=5, blank=True)
    theme = models.CharField(
        gettext_lazy("theme"),
        max_length=5,
        blank=True,
        choices=[
            ("", gettext_lazy("as the device")),
            ("light", gettext_lazy("light")),
            ("dark", gettext_lazy("dark")),
        ],
    )

    time_zone = models.CharField(gettext_lazy("time zone"), max_length=64, blank=True)
    # Until when their home page says that somebody saw the house in their place: it asks nothing more, else.
    replaced_until = models.DateTimeField(null=True, editable=False)

    objects = UserManager()
    acting: "Acting | None" = None  # set while somebody else acts in their place: see `in_place.py`

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    if TYPE_CHECKING:
        usersession_set: RelatedManager[UserSession]
        authenticator_set: RelatedManager[Authenticator]
        emailaddress_set: RelatedManager[EmailAddress]
        seen_at: datetime | None

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("user")
        verbose_name_plural = gettext_lazy("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        return reverse("accounts:user", args=[self.pk])

    @property
    def acted_by(self) -> "User | None":
        """Who really sits there, when it is somebody else."""
        return self.acting.actor if self.acting else None

    @property
    def monogram(self) -> str:
        words = [word for word in self.name.replace("-", " ").split() if word[:1].isalpha()] or [self.email]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @cached_property
    def roles_held(self) -> list[Role]:
        """Every role in force, with its unit: read once per request."""
        return list(Role.objects.in_force().filter(user=self).select_related("unit"))

    @property
    def unnamed_in_journal(self) -> bool:
        """Whether the journal keeps only their number: those who are not staff may ask to be erased."""
        return all(role.kind in {"graduate", "student", "recruiter"} for role in self.roles_held)

    def holds(self, *kinds: str, unit: Unit | None = None) -> bool:
        """Whether one of these roles is held: in this unit or above it, or anywhere when no unit is asked."""
        return any(role.kind in kinds and (unit is None or role.unit.contains(unit)) for role in self.roles_held)

    def holds_everywhere(self, *kinds: str) -> bool:
        """Whether one of these roles is held at the top of the institution, so in all its units."""
        return any(role.kind in kinds and role.unit.parent_id is None for role in self.roles_held)

    def deactivate(self, *, by: "User | str", why: str, despite: bool = False) -> None:
        """Close the door: no more signing in, every open session ends now. `despite`: what hangs on them is left behind."""
        if by == self:
            raise Refused(_("You cannot deactivate your own account: ask someone else who may."))
        with transaction.atomic():
            self.check_not_the_last_administrator()
            left = check_free(self, despite=despite)
            self.is_active = False
            self.save(update_fields=["is_active"])
            record("user.deactivated", self, by=by, why=why, sessions_ended=self.end_sessions(), **left)

    def reactivate(self, *, by: "User | str", why: str) -> None:
        """Open the door again, with the roles that were kept."""
        with transaction.atomic():
            self.is_active = True
            self.save(update_fields=["is_active"])
            record("user.reactivated", self, by=by, why=why)

    def erase(self, *, by: "User | str") -> None:
        """Nothing says any more who this was. The row stays, empty: what others did with it points at it."""
        with transaction.atomic():
            self.check_not_the_last_administrator()
            self.end_sessions()
            for held in (self.roles, self.emailaddress_set, self.authenticator_set):
                held.all().delete()
            self.name, self.email, self.is_active = "", f"{self.pk}@erased.invalid", False
            self.language = self.theme = self.time_zone = ""
            self.replaced_until = None
            self.set_unusable_password()
            self.save()
            record("user.erased", self, by=by, name=f"n° {self.pk}")

    def check_not_the_last_administrator(self) -> None:
        """Refuse, when nobody else could let people in. Locks the rows: two may be removing each other just now."""
        holders = {role.user_id for role in Role.objects.administering().select_for_update(of=("self",))}
        if holders == {self.pk}:
            raise Refused(_("Nobody else could administer Lierre any more: give this role to someone first."))

    def end_sessions(self) -> int:
        """Sign out everywhere. Answers how many sessions were open."""
        sessions = list(self.usersession_set.all())
        for session in sessions:
            session.end()
        return len(sessions)

    def sign_out_everywhere(self, *, by: "User | str", why: str) -> None:
        with transaction.atomic():
            record("user.signed_out", self, by=by, why=why, sessions_ended=self.end_sessions())

    def forget_second_factors(self, *, by: "User | str", why: str) -> None:
        """For someone who lost their telephone: keys, codes and applications are taken away, and sessions end."""
        with transaction.atomic():
            gone, _by_model = self.authenticator_set.all().delete()
            if not gone:
                raise Refused(_("%(user)s has no second factor.") % {"user": self})
            record("user.second_factors_forgotten", self, by=by, why=why, sessions_ended=self.end_sessions())

    def call(self, *, name: str, language: str, theme: str, time_zone: str = "") -> None:
        """How this person is called, and how they like their pages: their own affair, so no line of the journal."""
        self.name, self.language, self.theme, self.time_zone = name, language, theme, time_zone
        self.save(update_fields=["name", "language", "theme", "time_zone"])
