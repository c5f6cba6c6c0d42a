"""A person: what their records say, folded. Never written by hand."""

import os
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lierre.people.models.imports import EPOCH

# No vowels, so no words; no characters that look alike.
ALPHABET = b"23456789bcdfghjkmnpqrstvwxz"
LENGTH: Final = 12
LETTER_OF_BYTE = bytes(ALPHABET[byte % len(ALPHABET)] for byte in range(256))


def new_public_id() -> str:
    """Twelve characters drawn at random, 57 bits: addresses can be neither guessed nor counted."""
    return new_public_ids(1)[0]


def new_public_ids(count: int) -> list[str]:
    """For many new persons at once."""
    drawn = os.urandom(LENGTH * count).translate(LETTER_OF_BYTE).decode()
    return [drawn[at : at + LENGTH] for at in range(0, len(drawn), LENGTH)]


class PersonQuerySet(models.QuerySet["Person"]):
    def alive(self) -> Self:
        return self.filter(died="")

    def called(self, words: str) -> Self:
        """Whose names hold each of these words: for the few who read the journal, not for the directory."""
        found = self
        for word in words.split():
            names = (Q(**{f"{name}__icontains": word}) for name in ("given", "family", "usage", "sort"))
            found = found.filter(reduce(or_, names))
        return found

    def heard_before(self, day: date) -> Self:
        return self.filter(heard__lt=(day - EPOCH).days)


class Person(models.Model):
    """Someone the institution knows. The number is used inside, `public_id` in addresses."""

    unnamed_in_journal: Final = True  # whoever is erased must not stay there
    named_to: Final = "see_hidden_values"  # the ability without which the journal tells a number, and no name

    class Sex(models.IntegerChoices):
        UNKNOWN = 0, _("unknown")
        FEMALE = 1, _("Ms")
        MALE = 2, _("Mr")
        OTHER = 3, _("other")

    id = models.BigAutoField(primary_key=True)
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    given = models.CharField(_("given name"), max_length=100, blank=True)
    family = models.CharField(_("birth name"), max_length=100, blank=True)
    usage = models.CharField(_("usage name"), max_length=100, blank=True)
    sort = models.CharField(max_length=210, blank=True)
    born = models.CharField(_("date of birth"), max_length=10, blank=True)
    sex = models.SmallIntegerField(_("civility"), choices=Sex, default=Sex.UNKNOWN)
    died = models.CharField(_("deceased"), max_length=10, blank=True)
    lost = models.BooleanField(_("lost from sight"), default=False)
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    heard = models.IntegerField(default=0)  # days since 1970-01-01 of the latest assertion
    completeness = models.SmallIntegerField(_("completeness"), default=0)
    record_id = models.BigIntegerField(null=True)  # the record that gave the name, else the oldest one

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "id"]
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return f"{self.given} {self.shown_family}".strip() or str(_("(no name)"))

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.public_id])

    @property
    def shown_family(self) -> str:
        return self.usage or self.family

    @property
    def heard_on(self) -> date:
        return EPOCH + timedelta(days=self.heard)
