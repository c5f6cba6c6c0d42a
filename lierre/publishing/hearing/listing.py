"""What people answered, as somebody asks to see it; of the accounts that they may see, and of no others."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, Unit, User
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account, Heard, Notice
from lierre.publishing.models.heard import HeardQuerySet
from lierre.publishing.network_names import name_of
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, accounts_where, may_in

FILTERS: Final = ("compte", "unite", "moi")


def seen_by(user: Any) -> HeardQuerySet:
    """Of the accounts of their units, and what was given to them."""
    found = Heard.objects.filter(Q(account__in=accounts_where(user, SEE_POSTS)) | Q(assigned_to=user.pk))
    return found.select_related("account__unit", "delivery__post", "assigned_to", "settled_by")


def may_settle(user: Any, heard: Heard) -> bool:
    return may_in(user, WRITE_POSTS, heard.account.unit) or user.pk in {
        heard.assigned_to_id, heard.account.owner_id, heard.account.deputy_id,
    }  # fmt: skip


def asked_of(rows: HeardQuerySet, asked: Mapping[str, str], user: Any) -> HeardQuerySet:
    """What waits, unless something else is asked."""
    state = asked.get("etat", "")
    if state != "toutes":
        rows = rows.exclude(state="") if state == "reglees" else rows.open()
    if (account := asked.get("compte", "")).isdecimal() and len(account) < 19:
        rows = rows.filter(account=int(account))
    if unit := Unit.objects.filter(code=asked.get("unite") or "-").first():
        rows = rows.filter(account__unit__path__startswith=unit.path)
    return rows.filter(assigned_to=user.pk) if asked.get("moi") else rows


def accounts_heard(user: Any) -> list[Account]:
    """Those to choose from: that somebody has spoken to."""
    return list(
        accounts_where(user, SEE_POSTS)
        .filter(Exists(Heard.objects.filter(account=OuterRef("pk"))))
        .order_by("network", "label")
    )


def colleagues() -> Any:
    held = Role.objects.in_force().filter(kind__in=SEE_POSTS.roles).values("user")
    return User.objects.active().filter(pk__in=held).order_by("name")


def give(heard: Heard, to: User | None, *, by: Any) -> None:
    """They are told by mail, without the words: those stay here."""
    if to is not None and not may_in(to, SEE_POSTS, heard.account.unit):
        raise Refused(_("%(user)s does not see this account: choose somebody who does.") % {"user": to})
    with transaction.atomic():
        heard.give(to, by=by)
        if to is not None and to.pk != getattr(by, "pk", None):
            with translation.override(to.language or settings.LANGUAGE_CODE):
                subject = _("An answer on %(account)s is given to you") % {"account": heard.account}
                Notice.objects.create(
                    to=to, subject=subject[:200],
                    body=f"{subject}.\n\n{settings.ADDRESS}{heard.get_absolute_url()}\n\n{settings.INSTITUTION}\n",
                )  # fmt: skip


def header() -> list[str]:
    return [_("When"), _("Network"), _("Account"), _("Post"), _("What"), _("Who"), _("Called there"), _("Text"), _("Address"),
            _("State"), _("Given to")]  # fmt: skip


def rows_of(rows: HeardQuerySet) -> Iterator[list[Any]]:
    for each in rows.order_by("pk").iterator(chunk_size=500):
        yield [
            each.at, name_of(each.account.network), str(each.account), each.delivery.post.title if each.delivery else "",
            str(each.get_kind_display()), each.author, each.handle, each.text, each.permalink, str(each.get_state_display()),
            str(each.assigned_to or ""),
        ]  # fmt: skip
