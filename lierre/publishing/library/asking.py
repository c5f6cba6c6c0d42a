"""What somebody looks for in the library: words, a kind, a unit, what is missing or ends soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.paging import Page, newest_first
from lierre.publishing.library.uses import unused
from lierre.publishing.models import Medium, Post
from lierre.publishing.models.medium import SOON, MediumQuerySet
from lierre.publishing.network_names import name_of

SIZE: Final = 24
KINDS: Final = {
    "image": gettext_lazy("Images"), "video": gettext_lazy("Films"), "document": gettext_lazy("Documents"),
}  # fmt: skip
LOOKS: Final = {
    "interdit": gettext_lazy("May not be shown today"), "echeance": gettext_lazy("Rights or consents to look at"),
    "sans-texte": gettext_lazy("Images not described"), "sans-usage": gettext_lazy("Shown nowhere yet"),
    "archive": gettext_lazy("In the archive"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    words: str = ""
    kind: str = ""
    unit: str = ""
    look: str = ""
    as_list: bool = False
    before: str = ""
    besides: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Asked":
        kind, look = str(query.get("nature", "")), str(query.get("voir", ""))
        besides = tuple(
            (name, str(query[name])) for name in ("post", "carte", "compte", "message", "sujet") if query.get(name)
        )
        return cls(
            str(query.get("q", ""))[:200].strip(), kind if kind in KINDS else "", str(query.get("unite", ""))[:30],
            look if look in LOOKS else "", query.get("vue") == "liste", str(query.get("before", "")), besides,
        )  # fmt: skip

    @cached_property
    def rows(self) -> MediumQuerySet:
        """All but the kind, which is counted."""
        found: MediumQuerySet = Medium.objects.all()
        found = found.archived() if self.look == "archive" else found.living()
        if self.words:
            found = found.about(self.words)
        if self.unit and (unit := Unit.objects.filter(code=self.unit).first()):
            found = found.filter(unit__path__startswith=unit.path)
        if self.look == "echeance":
            found = found.ending_before(timezone.localdate() + SOON)
        if self.look == "interdit":
            found = found.ending_before(timezone.localdate())
        if self.look == "sans-usage":
            found = unused(found)
        if self.look == "sans-texte":
            found = found.without_description()
        return found

    def page(self) -> Page[Medium]:
        rows = self.rows.filter(kind=self.kind) if self.kind else self.rows
        return newest_first(rows.select_related("unit").prefetch_related("likenesses"), self.before, SIZE)

    def counts(self) -> list[dict[str, Any]]:
        """How many of each kind, whatever the kind that is chosen; and where a choice leads."""
        from django.db.models import Count

        known = dict(self.rows.order_by().values_list("kind").annotate(Count("pk")))
        return [
            {"label": label, "count": known.get(kind, 0), "chosen": kind == self.kind,
             "address": self.address(nature="" if kind == self.kind else kind)}
            for kind, label in KINDS.items()
        ]  # fmt: skip

    def looks(self) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "chosen": look == self.look,
                "address": self.address(voir="" if look == self.look else look),
            }
            for look, label in LOOKS.items()
        ]

    def units(self) -> list[Unit]:
        return list(Unit.objects.filter(pk__in=Medium.objects.living().values("unit")).order_by("name"))

    @property
    def account(self) -> str:
        """On which account of the post what is chosen is shown; "" on all of them."""
        return dict(self.besides).get("compte", "")

    @property
    def part(self) -> str:
        return dict(self.besides).get("message", "0")

    def places(self, post: Post) -> list[tuple[str, list[dict[str, Any]]]]:
        """Where what is chosen will be shown, when there is a choice."""
        found = []
        variants = list(post.variants.all())
        if len(variants) > 1:
            names = [
                ("", _("every account")),
                *((str(each.account_id), f"{name_of(each.account.network)} {each.account}") for each in variants),
            ]
            found.append((_("On:"), self.choices("compte", names, self.account)))
        if len(post.parts) > 1:
            numbers = [(str(part), str(part + 1)) for part in range(len(post.parts))]
            found.append((_("With message:"), self.choices("message", numbers, self.part)))
        return found

    def choices(self, name: str, named: list[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
        return [
            {"label": label, "chosen": value == chosen, "address": self.address(**{name: value})}
            for value, label in named
        ]

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.kind or self.unit or self.look)

    @property
    def as_grid_address(self) -> str:
        return self.address(vue="")

    @property
    def as_list_address(self) -> str:
        return self.address(vue="liste")

    @property
    def kept(self) -> str:
        """For the next page."""
        return self.address()

    def address(self, **changed: str) -> str:
        said = {"q": self.words, "nature": self.kind, "unite": self.unit, "voir": self.look}
        said |= {"vue": "liste" if self.as_list else ""} | dict(self.besides) | changed
        return "?" + urlencode({name: value for name, value in said.items() if value})
