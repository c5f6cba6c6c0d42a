"""What this domain holds about people: who wrote, who answers for an account."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.publishing.models import Absence, Account, CalendarLink, Notice, Post, Signature, Step, Version


def accounts(someone: Any) -> QuerySet[Account]:
    if not isinstance(someone, get_user_model()):
        return Account.objects.none()
    return Account.objects.filter(Q(owner=someone) | Q(deputy=someone))


def posts(someone: Any) -> QuerySet[Post]:
    return Post.objects.filter(owner=someone) if isinstance(someone, get_user_model()) else Post.objects.none()


def leave_accounts(someone: Any) -> int:
    if not isinstance(someone, get_user_model()):
        return 0
    owned = Account.objects.filter(owner=someone).update(owner=None)
    return owned + Account.objects.filter(deputy=someone).update(deputy=None)


def of_user(model: type[Model], *names: str) -> Callable[[Any], QuerySet[Any]]:
    """The rows of a table where one of these fields is this user."""

    def rows(someone: Any) -> QuerySet[Any]:
        found = model._default_manager.all()
        if not isinstance(someone, get_user_model()):
            return found.none()
        asked = Q(pk__in=[])
        for name in names:
            asked |= Q(**{name: someone})
        return found.filter(asked)

    return rows


versions = of_user(Version, "by")
signatures = of_user(Signature, "by", "stead")
steps = of_user(Step, "person")
absences = of_user(Absence, "who", "deputy")
notices = of_user(Notice, "to")
links = of_user(CalendarLink, "user")


declare(
    Holding(
        model="publishing.account", label=_("accounts on networks"), fields=("name", "network", "purpose", "keys_held_by"),
        purpose=_("Know who answers for each account that speaks for the institution."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("As long as the account."), rows_about=accounts,
        erase=leave_accounts,
    ),
    Holding(
        model="publishing.post", label=_("posts"), fields=("title", "parts", "due_at", "made_at"),
        purpose=_("Keep what the institution says in public, and who wrote it."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("Ten years, as what the institution published."),
        rows_about=posts, erase=lambda someone: posts(someone).update(owner=None),
    ),
    Holding(
        model="publishing.version", label=_("versions of posts"), fields=("number", "at", "by_name"),
        purpose=_("Show who changed what is said in public."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."), rows_about=versions,
        erase=lambda someone: versions(someone).update(by=None, by_name=""),
    ),
    Holding(
        model="publishing.signature", label=_("approvals of posts"), fields=("at", "position"),
        purpose=_("Prove who approved what the institution says."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."), rows_about=signatures,
        kept_because=_("It proves that somebody else read what was published; the account it names is emptied."),
    ),
    Holding(
        model="publishing.step", label=_("who must approve posts"), fields=("position",),
        purpose=_("Ask the right person before something is said."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the rule."), rows_about=steps, erase=lambda someone: steps(someone).delete()[0],
    ),
    Holding(
        model="publishing.absence", label=_("absences"), fields=("first", "last"),
        purpose=_("Know who decides when somebody is away."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the account."), rows_about=absences, erase=lambda someone: absences(someone).delete()[0],
    ),
    Holding(
        model="publishing.notice", label=_("notices about posts"), fields=("subject", "body", "made_at", "left_at"),
        purpose=_("Tell those who write and approve what waits for them."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Thirty days."), rows_about=notices, erase=lambda someone: notices(someone).delete()[0],
    ),
    Holding(
        model="publishing.calendarlink", label=_("addresses of calendars"), fields=("made_at",),
        purpose=_("Let somebody follow the editorial calendar in their own."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the account."), rows_about=links, erase=lambda someone: links(someone).delete()[0],
    ),
)  # fmt: skip
