"""A unit: its name, its code, what it is, and what it hangs on."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.forms.dressed import HouseForm, ReasonForm

if TYPE_CHECKING:
    ChoiceOfUnit = forms.ModelChoiceField[Unit]
else:
    ChoiceOfUnit = forms.ModelChoiceField

BELOW = [choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.INSTITUTION]


class UnitChoice(ChoiceOfUnit):
    """Units to choose from, each under what it hangs on."""

    def label_from_instance(self, unit: Unit) -> str:
        # Spaces at the beginning of an option are not shown by every browser: dashes are.
        return f"{'– ' * unit.level}{unit.name}"


class UnitForm(HouseForm):
    """For a new unit, or for another name, code or kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Short, without space nor accent: what the school’s own system calls it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=BELOW)

    def __init__(self, *values: Any, unit: Unit | None = None, **options: Any) -> None:
        if unit is not None:
            options["initial"] = {"name": unit.name, "code": unit.code, "kind": unit.kind}
        super().__init__(*values, **options)
        self.unit = unit
        if unit is not None and unit.parent_id is None:
            del self.fields["kind"]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        others = Unit.objects.filter(code__iexact=code)
        if self.unit is not None:
            others = others.exclude(pk=self.unit.pk)
        if other := others.first():
            raise ValidationError(_("%(unit)s already has this code.") % {"unit": other})
        return code

    @property
    def said(self) -> dict[str, str]:
        kind = self.cleaned_data.get("kind", Unit.Kind.INSTITUTION)
        return {"name": self.cleaned_data["name"], "code": self.cleaned_data["code"], "kind": kind}


class NewUnitForm(UnitForm):
    """Where it hangs comes first: it is what one has in mind."""

    parent = UnitChoice(Unit.objects.none(), label=gettext_lazy("Part of"), empty_label=None)
    field_order = ["parent", "name", "code", "kind"]

    def __init__(self, *values: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*values, **options)
        parent = self.fields["parent"]
        assert isinstance(parent, UnitChoice)
        parent.queryset = among


class MoveForm(ReasonForm):
    under = UnitChoice(Unit.objects.none(), label=gettext_lazy("Hang it on"), empty_label=None)
    field_order = ["under", "reason"]

    def __init__(self, *values: Any, among: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*values, **options)
        under = self.fields["under"]
        assert isinstance(under, UnitChoice)
        under.queryset = among
