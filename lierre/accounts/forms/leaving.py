"""Somebody leaves: who has from now on what hung on them; and, when nobody can, that it is left behind knowingly."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.accounts.handover import Hanging, Tie, hanging_on
from lierre.accounts.models import Role, User
from lierre.foundation.forms.dressed import HouseForm, ReasonForm

ALL: Final = "everybody"
NOBODY: Final = "nobody"


class HandoverForm(HouseForm):
    """One choice for all, and another for any of them. What is given to nobody yet stays."""

    everybody = forms.ChoiceField(label=gettext_lazy("To whom, for all"), required=False)

    def __init__(self, *values: Any, leaver: User, **options: Any) -> None:
        self.hanging = hanging_on(leaver)
        self.takers = takers_of({each.tie for each in self.hanging}, leaver)
        super().__init__(*values, **options)
        for each in self.hanging:
            takers = self.takers[each.tie.name]
            nobody = [(NOBODY, _("nobody"))] if each.tie.nobody else []
            offered = [("", _("as for all")), *((pk, str(user)) for pk, user in takers.items()), *nobody]
            widget = forms.Select({"class": "input", "aria-label": str(each)})
            self.fields[each.key] = forms.ChoiceField(label=str(each), choices=offered, required=False, widget=widget)
        every = {pk: user for takers in self.takers.values() for pk, user in takers.items()}
        offered = sorted(((pk, str(user)) for pk, user in every.items()), key=lambda pair: pair[1])
        self.fields[ALL].choices = [("", "–"), *offered]  # type: ignore[attr-defined]

    def groups(self) -> Iterator[tuple[Tie, list[tuple[Hanging, forms.BoundField]]]]:
        """Tie by tie, each thing with its field."""
        for tie in dict.fromkeys(each.tie for each in self.hanging):
            yield tie, [(each, self[each.key]) for each in self.hanging if each.tie is tie]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for each in self.hanging:
            chosen = said.get(each.key) or said.get(ALL)
            if chosen and chosen != NOBODY and chosen not in self.takers[each.tie.name]:
                self.add_error(each.key, _("This person cannot have it: choose somebody else for it."))
        if not self.errors and not self.choices:
            self.add_error(ALL, _("Choose somebody, for all or for one of these things."))
        return said

    @cached_property
    def choices(self) -> dict[str, User | None]:
        """By key, who has it from now on."""
        found: dict[str, User | None] = {}
        for each in self.hanging:
            chosen = self.cleaned_data.get(each.key) or self.cleaned_data.get(ALL)
            if chosen:
                found[each.key] = None if chosen == NOBODY else self.takers[each.tie.name][chosen]
        return found


def takers_of(ties: set[Tie], leaver: User) -> dict[str, dict[str, User]]:
    """By tie and number, who may have what hangs by it: asked once for all of them."""
    kinds = {kind for tie in ties for kind in tie.roles}
    held = Role.objects.in_force().filter(kind__in=kinds, user__is_active=True).exclude(user=leaver)
    roles = list(held.select_related("user").order_by("user__name", "user_id"))
    return {tie.name: {str(role.user_id): role.user for role in roles if role.kind in tie.roles} for tie in ties}


class LeavingForm(ReasonForm):
    """`left`: how many things would stay without anybody. None, and nothing more than the reason is asked."""

    despite = forms.BooleanField(required=False)

    def __init__(self, *values: Any, left: int, **options: Any) -> None:
        super().__init__(*values, **options)
        if not left:
            del self.fields["despite"]
            return
        said = ngettext(
            "Leave %(count)d thing without anybody nevertheless",
            "Leave %(count)d things without anybody nevertheless",
            left,
        )
        self.fields["despite"].label = said % {"count": left}

    @property
    def is_despite(self) -> bool:
        return bool(self.cleaned_data.get("despite"))
