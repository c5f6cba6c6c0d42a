"""A link made by hand, and what is added to the addresses that leave."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.links.tagging import PARTS, PLACEHOLDERS, filled, tagged, unknown_places
from lierre.publishing.links.targets import LONGEST, WHY, forbidden
from lierre.publishing.models import LinkTemplate
from lierre.publishing.models.link_template import USUAL
from lierre.publishing.permissions import units_of_templates, units_written_in

MEDIA = [
    ("print", _("paper: poster, leaflet, letter")),
    ("email", _("e-mail")),
    ("web", _("a page")),
    ("other", _("something else")),
]
EXAMPLE = {
    "network": "linkedin", "account": "univ", "campaign": "Portes ouvertes", "unit": "IUTM", "post": 1204,
}  # fmt: skip


def known(target: str) -> None:
    if code := forbidden(target):
        raise ValidationError(str(WHY[code]))


class LinkForm(HouseForm):
    """`user`: whoever makes it, for the units where they write."""

    label = forms.CharField(label=_("What it is for"), max_length=200)
    target = forms.CharField(
        label=_("Leads to"), max_length=LONGEST, validators=[known],
        widget=forms.URLInput({"placeholder": "https://", "autocomplete": "off"}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where it will stand"), max_length=100, required=False,
        help_text=_("“Poster of hall B”: it becomes the source, in the statistics of the site."),
    )  # fmt: skip
    medium = forms.ChoiceField(label=_("On what"), choices=MEDIA)
    campaign = forms.CharField(label=_("Campaign"), max_length=100, required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("the institution")
    )

    def __init__(self, *values: Any, user: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        units, everywhere = units_written_in(user)
        field = self.fields["unit"]
        field.queryset, field.required = units, not everywhere  # type: ignore[attr-defined]
        if not everywhere:
            field.empty_label = "–"  # type: ignore[attr-defined]


class TemplateForm(HouseForm):
    """`known`: those that exist; `unit`: the code of the one that is shown."""

    whose = forms.ChoiceField(label=_("For"), required=False)
    source = forms.CharField(label=_("Source (utm_source)"), max_length=100, required=False)
    medium = forms.CharField(label=_("Medium (utm_medium)"), max_length=100, required=False)
    campaign = forms.CharField(
        label=_("Campaign (utm_campaign)"), max_length=100, required=False,
        help_text=_("Between braces: {network}, {account}, {campaign}, {unit}, {post}. What is empty is not added."),
    )  # fmt: skip

    def __init__(
        self, *values: Any, user: Any, known: Sequence[LinkTemplate], unit: str = "", **options: Any
    ) -> None:  # fmt: skip
        shown = {each.unit.code if each.unit else "": each for each in known}.get(unit)
        initial = {name: getattr(shown, name) for name in PARTS} if shown else dict(USUAL)
        super().__init__(*values, initial=initial | {"whose": unit}, **options)
        mine = units_of_templates(user)
        top = [("", _("the institution"))] if None in mine else []
        self.units = {each.code: each for each in mine if each is not None}
        self.fields["whose"].choices = [*top, *((code, str(each)) for code, each in self.units.items())]  # type: ignore[attr-defined]
        self.fields["whose"].required = not top

    @property
    def unit(self) -> Unit | None:
        """None for the institution."""
        return self.units.get(self.cleaned_data["whose"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in PARTS:
            if unknown := unknown_places(said.get(name, "")):
                sentence = _("{%(name)s} means nothing here. Known: %(known)s.")
                places = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
                self.add_error(name, sentence % {"name": unknown[0], "known": places})
        return said

    def example(self) -> str:
        """An address as it would lead."""
        said = {name: str(self[name].value() or "") for name in PARTS}
        return tagged("https://ubn.example/jpo", {name: filled(text, EXAMPLE) for name, text in said.items()})
