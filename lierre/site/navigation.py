"""The sections of the masthead, as each person may enter them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    label: str | Promise
    address: str
    current: bool


ENTRIES: tuple[tuple[str | Promise, str], ...] = ((_("Home"), "site:home"),)


def sections(request: HttpRequest) -> list[Section]:
    """What this person may enter. Nothing before signing in."""
    if not request.user.is_authenticated:
        return []
    found = []
    for label, name in ENTRIES:
        address = reverse(name)
        here = request.path == address if name == "site:home" else request.path.startswith(address)
        found.append(Section(label, address, here))
    return found
