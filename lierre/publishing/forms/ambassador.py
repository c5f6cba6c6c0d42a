"""What an ambassador says of themselves, writes, and tells; what communication prepares and answers."""

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.accounts.permissions import units_where
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.forms.dressed import day as a_day
from lierre.publishing.ambassadors.writing import NETWORKS
from lierre.publishing.models import Ambassador, Material
from lierre.publishing.models.ambassador import Rhythm, Topic
from lierre.publishing.models.material import monday
from lierre.publishing.network_names import name_of
from lierre.publishing.permissions import TAKE_PART

LANGUAGES: Final = (("fr", _("French")), ("en", _("English")), ("br", _("Breton")))
FACTS: Final = 4
ANGLES: Final = 3
LONGEST: Final = 20_000


def networks() -> list[tuple[str, Any]]:
    return [*((code, name_of(code)) for code in NETWORKS), ("other", _("another one"))]


class TakingPartForm(HouseForm):
    unit = forms.ModelChoiceField(
        label=_("My unit"), queryset=Unit.objects.none(), empty_label=None,
        help_text=_("Nobody is named: a unit is counted from five persons on."),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("What I like to speak of"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("None chosen: all of them."),
    )  # fmt: skip
    networks = forms.MultipleChoiceField(
        label=_("Where I speak"), choices=networks, widget=forms.CheckboxSelectMultiple
    )
    server = forms.URLField(
        label=_("My Mastodon server"), required=False, max_length=200, assume_scheme="https",
        help_text=_("Its address, to open the page where you write."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["fr"]
    )
    rhythm = forms.TypedChoiceField(
        label=_("One message"), coerce=int, choices=Rhythm.choices, widget=forms.RadioSelect, initial=7
    )

    def __init__(self, *values: Any, user: Any, who: Ambassador | None = None, **options: Any) -> None:
        super().__init__(*values, **options)
        units = units_where(user, TAKE_PART)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial["unit"] = units.first()
        if who is not None:
            self.initial = {name: getattr(who, name) for name in self.fields}

    def clean_server(self) -> str:
        """Where one writes is reached in secret, or not at all."""
        server = str(self.cleaned_data["server"])
        if server and not server.startswith("https://"):
            raise forms.ValidationError(_("This address must begin with https://."))
        return server.rstrip("/")


class OwnTextForm(HouseForm):
    text = forms.CharField(
        label=_("My text"), required=False, widget=forms.Textarea({"rows": 9}),
        help_text=_("Kept for you alone. Three dashes alone begin another message."),
    )  # fmt: skip

    def clean_text(self) -> str:
        """Each network has its own length: this one is only what nobody would write."""
        text = str(self.cleaned_data["text"])
        if len(text) > LONGEST:
            raise forms.ValidationError(_("This is too long for any network."))
        return text


class WhenForm(HouseForm):
    """At a given hour, on the clock of the house."""

    day = a_day(_("Day"))
    hour = forms.TimeField(label=_("Hour"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for each in self.fields.values():
            each.widget.attrs["form"] = "own-text"  # on the page, it is the text that is sent with it

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, sentence in (("day", _("Choose the day too.")), ("hour", _("Choose the hour too."))):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return said

    @property
    def at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class PublishedForm(HouseForm):
    link = forms.URLField(
        label=_("Its address"), required=False, max_length=300, assume_scheme="https", help_text=_("For you alone.")
    )


class StoryForm(HouseForm):
    title = forms.CharField(label=_("Title, in a few words"), max_length=150)
    words = forms.CharField(label=_("In a few words"), max_length=1_500, widget=forms.Textarea({"rows": 4}))
    moment = forms.CharField(label=_("When"), max_length=150, required=False)
    quoted = forms.CharField(
        label=_("Who may be quoted"), max_length=200, required=False, help_text=_("Only those who know and agree.")
    )


class StoryAnswerForm(HouseForm):
    words = forms.CharField(
        label=_("What we answer"), max_length=1_500, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("They read it as it is."),
    )  # fmt: skip


class MaterialForm(HouseForm):
    """Facts each with a source, three angles."""

    title = forms.CharField(label=_("Topic, in a few words"), max_length=150)
    week = a_day(_("Week of"), required=True)
    topic = forms.ChoiceField(label=_("Theme"), choices=Topic.choices)
    unit = forms.ModelChoiceField(
        label=_("For the unit"), queryset=Unit.objects.none(), required=False, empty_label=_("everybody")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    link = forms.URLField(label=_("Link"), required=False, max_length=300, assume_scheme="https")

    def __init__(self, *values: Any, material: Material | None = None, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]
        for number in range(1, ANGLES + 1):
            self.add(f"angle{number}", _("Angle %(number)s") % {"number": number}, 300, required=True)
        for number in range(1, FACTS + 1):
            self.add(f"fact{number}", _("Fact %(number)s") % {"number": number}, 300, required=number == 1)
            self.add(f"source{number}", _("Its source"), 300, required=number == 1)
        self.initial = {"week": monday(timezone.localdate()), "language": "fr"} if material is None else of(material)

    def add(self, name: str, label: Any, most: int, *, required: bool) -> None:
        self.fields[name] = forms.CharField(label=label, max_length=most, required=required)
        self.fields[name].widget.attrs["class"] = "input"

    @property
    def angles(self) -> list[Any]:
        return [self[f"angle{number}"] for number in range(1, ANGLES + 1)]

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        return [(self[f"fact{number}"], self[f"source{number}"]) for number in range(1, FACTS + 1)]

    @property
    def around(self) -> list[Any]:
        return [self[name] for name in ("week", "topic", "unit", "language", "link")]

    def clean_week(self) -> date:
        return monday(self.cleaned_data["week"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(2, FACTS + 1):
            if said.get(f"fact{number}") and not said.get(f"source{number}"):
                self.add_error(f"source{number}", _("Say where this fact comes from."))
        return said

    def said(self) -> dict[str, Any]:
        values = self.cleaned_data
        pairs = [(values[f"fact{number}"], values[f"source{number}"]) for number in range(1, FACTS + 1)]
        names = ("title", "week", "topic", "unit", "language", "link")
        angles = [values[f"angle{number}"] for number in range(1, ANGLES + 1)]
        return {name: values[name] for name in names} | {
            "facts": [list(pair) for pair in pairs if pair[0]],
            "angles": angles,
        }


def of(material: Material) -> dict[str, Any]:
    names = ("title", "week", "topic", "unit", "language", "link")
    known = {name: getattr(material, name) for name in names}
    angles = {f"angle{number}": angle for number, angle in enumerate(material.angles, 1)}
    for number, (fact, source) in enumerate(material.facts, 1):
        known |= {f"fact{number}": fact, f"source{number}": source}
    return known | angles
