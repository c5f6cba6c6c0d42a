"""`lierre create-admin`: lets a first person in, who then invites the others. Doing it again changes nothing."""

import secrets
import sys
from getpass import getpass
from typing import Any, Final
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from lierre.accounts.models import Role, Unit, User
from lierre.foundation.models.journal import record

BY: Final = "lierre create-admin"


class Command(BaseCommand):
    help = (
        "Opens an account of the IT department at the top of the institution, or gives this role to an account that"
        " is already there. Creates the institution itself when there is none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="with which they sign in")
        parser.add_argument("--name", required=True, help="first and last name")
        parser.add_argument("--institution", default="", help="its name, when it is to be created")
        parser.add_argument("--code", default="", help="its short code, when it is to be created (UBN)")
        parser.add_argument("--generate", action="store_true", help="print a generated password instead of asking")

    def handle(self, *, email: str, name: str, institution: str, code: str, generate: bool, **_options: Any) -> None:
        email, name = email.strip().lower(), " ".join(name.split())
        check(email, name)
        user = User.objects.filter(email__iexact=email).first()
        drawn = "-".join(secrets.token_hex(3) for _ in range(4)) if generate or not sys.stdin.isatty() else ""
        password = drawn or ("" if user else ask_password(User(email=email, name=name)))
        is_new = user is None
        with transaction.atomic():
            top = Unit.objects.institution() or self.create_institution(institution, code)
            user = self.open(user) if user else self.create(email, name, password)
            self.make_administrator(user, top)
        if is_new and drawn:
            self.stdout.write(f"Password, shown once: {drawn}")

    def create_institution(self, name: str, code: str) -> Unit:
        name = name or settings.INSTITUTION or "Institution"
        code = code or initials(name) or "TOP"
        try:
            validate_slug(code)
        except ValidationError as error:
            raise CommandError(f"“{code}” is not a code: letters, figures and hyphens only.") from error
        top = Unit.add(code=code[:20], name=name[:150], kind=Unit.Kind.INSTITUTION, parent=None, by=BY)
        self.stdout.write(f"Created the institution “{top}” ({top.code}). It can be renamed at /unites/.")
        return top

    def create(self, email: str, name: str, password: str) -> User:
        user: User = User.objects.create_user(email, password, name=name)
        record("user.created", user, by=BY)
        self.stdout.write(f"Opened the account of {user} ({email}).")
        return user

    def open(self, user: User) -> User:
        """Whoever holds the machine may let back in someone who was locked out."""
        if user.is_active:
            self.stdout.write(f"The account of {user} was already there: name and password stay as they are.")
        else:
            user.reactivate(by=BY, why="lierre create-admin")
            self.stdout.write(f"Reactivated the account of {user}.")
        return user

    def make_administrator(self, user: User, top: Unit) -> None:
        held = Role.objects.in_force().filter(user=user, unit=top, kind=Role.Kind.IT, until=None)
        if held.exists():
            self.stdout.write("The role of the IT department was already held: nothing to do.")
            return
        Role.give(user, Role.Kind.IT, top, by=BY, why="lierre create-admin")
        self.stdout.write(f"{user} now holds the role of the IT department in {top}. Sign in at {settings.ADDRESS}/")


def initials(name: str) -> str:
    """
    >>> initials("École nationale des arts de Brest")
    'EB'
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(word[0] for word in plain.split() if word[0].isupper())


def check(email: str, name: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"“{email}” is not an e-mail address.") from error
    if not name or len(name) > 150:
        raise CommandError("Give a name, of 150 characters at most.")


def ask_password(user: User) -> str:
    """Twice, from whoever is at the keyboard."""
    asked = getpass("Password (twelve characters or more): ")
    if asked != getpass("The same again: "):
        raise CommandError("The two passwords differ. Nothing was done.")
    try:
        password_validation.validate_password(asked, user)
    except ValidationError as error:
        raise CommandError(" ".join([*error.messages, "Nothing was done."])) from error
    return asked
