"""Purposes, controllers, agreements and the contact budget, as the data protection officer writes them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.foundation.forms.dressed import HouseForm, ReasonForm, day
from lierre.foundation.personal_data import LegalBasis
from lierre.people.facts import GROUPS
from lierre.privacy.fields import FLOWING
from lierre.privacy.models import Agreement, Controller, Population, Purpose
from lierre.privacy.models.purpose import KEPT, PurposeQuerySet

ANY = [("", _("Any"))]
TEXT = forms.Textarea({"rows": 3})


class PurposeFilter(HouseForm):
    """Every field may be left empty."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    population = forms.ChoiceField(label=_("Population"), choices=[*ANY, *Population.choices], required=False)
    basis = forms.ChoiceField(label=_("Legal basis"), choices=[*ANY, *LegalBasis.choices], required=False)

    def purposes(self) -> PurposeQuerySet:
        """Those asked for. What is not understood filters nothing."""
        self.is_valid()
        found = Purpose.objects.select_related("controller")
        if words := self.cleaned_data.get("q"):
            found = found.saying(words)
        if population := self.cleaned_data.get("population"):
            found = found.of(population)
        if basis := self.cleaned_data.get("basis"):
            found = found.filter(legal_basis=basis)
        return found


class PurposeForm(HouseForm):
    """A new version, with its reason."""

    label = forms.CharField(label=_("Name"), max_length=120)
    controller = forms.ModelChoiceField(Controller.objects.all(), label=_("Who answers for it"), empty_label=None)
    why = forms.CharField(
        label=_("What for"),
        max_length=1_000,
        widget=TEXT,
        help_text=_("In words that the persons concerned will read."),
    )
    legal_basis = forms.ChoiceField(label=_("Legal basis"), choices=LegalBasis.choices)
    balance_test = forms.CharField(
        label=_("Balance test"), max_length=4_000, widget=forms.Textarea({"rows": 4}), required=False,
        help_text=_("For a legitimate interest: the interest, why it is needed, what the persons expect, what protects them."),
    )  # fmt: skip
    families = forms.MultipleChoiceField(
        label=_("What is used"), choices=list(GROUPS.items()), widget=forms.CheckboxSelectMultiple
    )
    recipients = forms.CharField(label=_("Who receives it"), max_length=500, widget=TEXT, required=False)
    retention_months = forms.IntegerField(label=_("Kept for (months)"), min_value=1, max_value=1_200)
    counted_from = forms.ChoiceField(label=_("Counted from"), choices=Purpose.Clock.choices)
    channel = forms.ChoiceField(label=_("By which way they are written to"), choices=Purpose.Channel.choices)
    is_ask = forms.BooleanField(label=_("It asks something, and counts in the contact budget"), required=False)
    is_topic = forms.BooleanField(label=_("It is shown in the preference centre"), required=False)
    reason = forms.CharField(
        label=_("Why this decision"), max_length=300, widget=TEXT, help_text=_("It is kept in the journal.")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("legal_basis") == LegalBasis.LEGITIMATE_INTEREST and not said.get("balance_test", "").strip():
            self.add_error("balance_test", _("A legitimate interest is weighed before it is invoked: write the test."))
        return said

    @property
    def because(self) -> str:
        return str(self.cleaned_data["reason"])

    @property
    def version(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in KEPT}


class NewPurposeForm(PurposeForm):
    """The key and the population are chosen once."""

    key = forms.SlugField(
        label=_("Key"), max_length=40, help_text=_("By which the rest of the house calls it: “gifts”.")
    )
    population = forms.ChoiceField(label=_("Population"), choices=Population.choices)
    field_order = ("key", "population")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if Purpose.objects.filter(key=said.get("key"), population=said.get("population")).exists():
            self.add_error("key", _("This population has a purpose of this key already."))
        return said


class ControllerForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=Controller.Kind.choices)
    address = forms.CharField(label=_("Postal address"), max_length=300, widget=TEXT, required=False)
    represented_by = forms.CharField(
        label=_("Represented by"), max_length=150, required=False, help_text=_("A function rather than a name.")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.open().exclude(parent=None), label=_("Unit that acts for it"), required=False,
        empty_label=_("none: the whole institution"),
        help_text=_("Whoever works there, and nowhere else, sees of the base what an agreement lets flow."),
    )  # fmt: skip
    officer = forms.CharField(
        label=_("How to reach the data protection officer"), max_length=200, required=False,
        help_text=_("Shown in every notice: an address, a telephone."),
    )  # fmt: skip


class BudgetForm(ReasonForm):
    asks = forms.IntegerField(label=_("Asks a year and a person"), min_value=1, max_value=12)
    field_order = ("asks", "reason")


class PurposesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Each with its population and who answers for it: the same name stands for several."""

    def label_from_instance(self, purpose: Any) -> str:
        return f"{purpose.controller} – {purpose.label} ({purpose.get_population_display()})"


class AgreementForm(HouseForm):
    """What is not ticked does not flow."""

    giver = forms.ModelChoiceField(Controller.objects.all(), label=_("Who gives"), empty_label=None)
    taker = forms.ModelChoiceField(Controller.objects.all(), label=_("Who receives"), empty_label=None)
    flowing = forms.MultipleChoiceField(
        label=_("What flows"),
        choices=[(each.name, each.label) for each in FLOWING.values()],
        widget=forms.CheckboxSelectMultiple,
    )
    purposes = PurposesField(
        Purpose.objects.in_force().select_related("controller"), label=_("For which purposes of the one who receives"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    terms = forms.CharField(label=_("What was agreed"), max_length=4_000, widget=TEXT, required=False)
    signed_on = day(_("Signed on"), required=True)
    ends_on = day(_("Last day"), help_text=_("Empty: until somebody ends it."))

    def agreement(self) -> Agreement:
        said = self.cleaned_data
        return Agreement(
            giver=said["giver"], taker=said["taker"], fields=said["flowing"], terms=said["terms"],
            signed_on=said["signed_on"], ends_on=said["ends_on"],
        )  # fmt: skip
