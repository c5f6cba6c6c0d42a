"""What accounts hold about people who sign in, and about those who were invited."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Acting, Invitation, Role, User
from lierre.foundation.personal_data import Holding, LegalBasis, declare

OPEN: Final = _("As long as the account is open.")


def of_user(model: type[Model]) -> Callable[[Any], QuerySet[Any]]:
    """The rows of this table that belong to a user. A person is not known here."""
    return lambda someone: (
        model._default_manager.filter(user=someone) if isinstance(someone, User) else model._default_manager.none()
    )


def gone(model: type[Model]) -> Callable[[Any], int]:
    return lambda someone: of_user(model)(someone).delete()[0]


def the_user(someone: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = User.objects.filter(pk=someone.pk if isinstance(someone, User) else None)
    return found


def erase_user(someone: Any) -> int:
    if not isinstance(someone, User):
        return 0
    someone.erase(by="privacy")
    return 1


def invitations(someone: Any) -> QuerySet[Any]:
    """Those sent to them. Whom they invited is told by the invitations of these others."""
    if not isinstance(someone, User):
        return Invitation.objects.none()
    return Invitation.objects.filter(Q(accepted_by=someone) | Q(email__iexact=someone.email))


def actings(someone: Any) -> QuerySet[Acting]:
    """Who acted in their place, and in whose place they acted."""
    if not isinstance(someone, User):
        return Acting.objects.none()
    return Acting.objects.filter(Q(user=someone) | Q(actor=someone))


declare(
    Holding(
        model="accounts.user",
        label=_("accounts"),
        fields=("email", "name", "is_active", "joined_at", "last_login", "language", "theme", "time_zone"),
        purpose=_("Let people sign in, and know who did what."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=OPEN,
        rows_about=the_user,
        erase=erase_user,
    ),
    Holding(
        model="accounts.role",
        label=_("roles"),
        fields=("kind", "unit", "since", "until", "reason"),
        purpose=_("Decide what each may see and do."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Until the last day of the role; the journal keeps that it was held."),
        rows_about=of_user(Role),
        erase=gone(Role),
    ),
    Holding(
        model="accounts.acting",
        label=_("who acted in whose place"),
        fields=("actor", "user", "reason", "began_at", "until", "ended_at", "told_at"),
        purpose=_("Help people with what they see, and let them know who looked."),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        retention=_("A year; the journal keeps that it happened."),
        rows_about=actings,
        erase=lambda someone: actings(someone).delete()[0],
    ),
    Holding(
        model="accounts.invitation",
        label=_("invitations"),
        fields=("email", "kind", "unit", "message", "invited_at", "accepted_at", "withdrawn_at"),
        purpose=_("Let people come in, and show whether they did."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Ninety days after it was accepted, was withdrawn or expired."),
        rows_about=invitations,
        erase=lambda someone: invitations(someone).delete()[0],
    ),
    Holding(
        model="account.emailaddress",
        label=_("addresses to sign in with"),
        fields=("email", "verified", "primary"),
        purpose=_("Know which addresses were proved by their owner."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=OPEN,
        rows_about=of_user(EmailAddress),
        erase=gone(EmailAddress),
    ),
    Holding(
        model="usersessions.usersession",
        label=_("open sessions"),
        fields=("created_at", "last_seen_at", "ip", "user_agent"),
        purpose=_("Let people see where their account is open, and close it."),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        retention=_("Until the session ends: two weeks without a visit."),
        rows_about=of_user(UserSession),
        erase=gone(UserSession),
    ),
    Holding(
        model="mfa.authenticator",
        label=_("second factors"),
        fields=("type", "created_at", "last_used_at"),
        purpose=_("Prove that it is they who sign in."),
        legal_basis=LegalBasis.CONSENT,
        retention=_("Until its owner takes it away."),
        rows_about=of_user(Authenticator),
        erase=gone(Authenticator),
    ),
)
