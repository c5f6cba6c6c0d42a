"""Someone who can sign in. Who they are as a graduate is not known here: `people` holds that link."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from lierre.accounts.models.role import Role
    from lierre.accounts.models.unit import Unit


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A log-in. `is_active` is what takes it away; the row stays, because the journal names it."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("since"), default=timezone.now)
    language = models.CharField(_("language"), max_length=5, blank=True)
    theme = models.CharField(
        _("theme"),
        max_length=5,
        blank=True,
        choices=[("", _("as the device")), ("light", _("light")), ("dark", _("dark"))],
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def monogram(self) -> str:
        words = [word for word in self.name.replace("-", " ").split() if word[:1].isalpha()] or [self.email]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @cached_property
    def roles_held(self) -> list["Role"]:
        """Every role, with its unit: read once per request."""
        return list(self.roles.select_related("unit"))

    def holds(self, *kinds: str, unit: "Unit | None" = None) -> bool:
        """Whether one of these roles is held: in this unit or above it, or anywhere when no unit is asked."""
        return any(role.kind in kinds and (unit is None or role.unit.contains(unit)) for role in self.roles_held)

    def holds_everywhere(self, *kinds: str) -> bool:
        """Whether one of these roles is held at the top of the institution, so in all its units."""
        return any(role.kind in kinds and role.unit.parent_id is None for role in self.roles_held)
