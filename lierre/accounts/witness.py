"""What people change in how they sign in is written in the journal, as everything else."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from lierre.foundation.models.journal import record


@receiver([password_changed, password_reset])
def note_password(user: Any, **_given: Any) -> None:
    record("user.password_changed", user, by=user)


@receiver(email_changed)
def note_email(user: Any, **_given: Any) -> None:
    record("user.email_changed", user, by=user)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def note_second_factor(user: Any, authenticator: Any, **_given: Any) -> None:
    record("user.second_factor_changed", user, by=user, kind=authenticator.type)
