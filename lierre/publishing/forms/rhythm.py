"""What somebody chooses for a series, a slot, an embargo, a landmark; and a file of posts."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation import zones
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.forms.dressed import day as a_day
from lierre.publishing.forms.composer import said_of
from lierre.publishing.models import Account, Landmark, Post, Series
from lierre.publishing.models.post import joined, split
from lierre.publishing.models.slot import DAYS
from lierre.publishing.rhythm.clock import instant

# Between two texts of a series: a line of three equal signs.
BETWEEN = "\n\n===\n\n"
NTH = [
    (1, gettext_lazy("first")), (2, gettext_lazy("second")), (3, gettext_lazy("third")), (4, gettext_lazy("fourth")),
    (-1, gettext_lazy("last")),
]  # fmt: skip


def an_hour(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


def a_clock() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("On the clock of"), choices=zones.choices, initial=timezone.get_current_timezone_name
    )


def a_unit(empty: Any) -> Any:
    return forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False, empty_label=empty
    )


class SeriesForm(HouseForm):
    """`written`: accounts that may be chosen. `start`: from when a change counts."""

    title = forms.CharField(label=gettext_lazy("Title, for the calendar"), max_length=150)
    texts = forms.CharField(
        label=gettext_lazy("Texts, said in turn"), widget=forms.Textarea({"rows": 10}), max_length=50_000,
        help_text=gettext_lazy(
            "A line of three equal signs (===) between two texts. {jour} becomes the day. Nothing is said twice on one account."
        ),
    )  # fmt: skip
    accounts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Accounts"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    every = forms.ChoiceField(label=gettext_lazy("Every"), choices=Series.Every.choices)
    interval = forms.IntegerField(
        label=gettext_lazy("One in how many"), min_value=1, max_value=52, initial=1,
        help_text=gettext_lazy("1: each week or month. 2: one in two. 12 months: each year."),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"), coerce=int, required=False, choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which of the month"), coerce=int, choices=NTH, required=False, empty_value=""
    )
    month_day = forms.IntegerField(
        label=gettext_lazy("Day of the month"), min_value=1, max_value=31, required=False,
        help_text=gettext_lazy("The 31st of a shorter month is its last day."),
    )  # fmt: skip
    hour = an_hour(gettext_lazy("Hour"))
    zone = a_clock()
    starts_on = a_day(gettext_lazy("From"), required=True)
    until = a_day(gettext_lazy("Until"))
    most = forms.IntegerField(label=gettext_lazy("Or so many times"), min_value=1, max_value=500, required=False)
    pauses = forms.CharField(
        label=gettext_lazy("Pauses"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000,
        help_text=gettext_lazy("One a line: 2026-12-19 2027-01-04, both days included."),
    )  # fmt: skip
    skips_holidays = forms.BooleanField(label=gettext_lazy("Not on public holidays"), required=False, initial=True)
    weeks_ahead = forms.IntegerField(
        label=gettext_lazy("Drafts made so many weeks ahead"), min_value=1, max_value=26, initial=4
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Post.Kind.choices, initial=Post.Kind.NEWS)
    campaign = forms.CharField(label=gettext_lazy("Campaign"), max_length=100, required=False)
    unit = a_unit(gettext_lazy("the institution"))

    def __init__(self, *values: Any, written: Sequence[Account], series: Series | None = None, **options: Any) -> None:
        options.setdefault("initial", initial_of(series) if series else {"starts_on": timezone.localdate()})
        super().__init__(*values, **options)
        self.written = {account.pk: account for account in written}
        self.fields["accounts"].choices = [(pk, said_of(account)) for pk, account in self.written.items()]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]

    def clean_pauses(self) -> list[list[str]]:
        found = []
        for line in self.cleaned_data["pauses"].splitlines():
            if not line.strip():
                continue
            try:
                first, last = (date.fromisoformat(word) for word in line.replace(":", " ").split())
            except ValueError:
                raise forms.ValidationError(_("Write two days: 2026-12-19 2027-01-04.")) from None
            found.append([min(first, last).isoformat(), max(first, last).isoformat()])
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        every = found.get("every")
        if every in {"week", "month_weekday"} and not found.get("weekdays"):
            self.add_error("weekdays", _("Choose at least one day of the week."))
        if every == "month_weekday" and len(found.get("weekdays") or []) > 1:
            self.add_error("weekdays", _("Choose only one."))
        if every == "month_day" and not found.get("month_day"):
            self.add_error("month_day", _("Say on which day of the month."))
        if found.get("until") and found.get("most"):
            self.add_error("most", _("Until a day, or so many times: not both."))
        if found.get("until") and found.get("starts_on") and found["until"] < found["starts_on"]:
            self.add_error("until", _("It ends before it begins."))
        return found

    @property
    def chosen(self) -> list[Account]:
        return [self.written[pk] for pk in self.cleaned_data["accounts"]]

    @property
    def kept(self) -> dict[str, Any]:
        """As a series keeps it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "accounts"}
        texts = said["texts"].replace("\r\n", "\n").split("\n===\n")
        return said | {"texts": [split(text) for text in texts if text.strip()], "nth": said["nth"] or None}


def initial_of(series: Series) -> dict[str, Any]:
    names = [name for name in SeriesForm.base_fields if name not in {"accounts", "texts", "pauses", "unit"}]
    return {name: getattr(series, name) for name in names} | {
        "accounts": [account.pk for account in series.accounts.all()], "unit": series.unit_id,
        "texts": BETWEEN.join(joined(parts) for parts in series.texts),
        "pauses": "\n".join(" ".join(pause) for pause in series.pauses),
    }  # fmt: skip


class SlotForm(HouseForm):
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=int, choices=DAYS)
    hour = an_hour(gettext_lazy("Hour"))
    zone = a_clock()


class EmbargoForm(HouseForm):
    label = forms.CharField(
        label=gettext_lazy("Why"), max_length=150,
        help_text=gettext_lazy("Shown to whoever writes: electoral reserve, mourning, results not yet public."),
    )  # fmt: skip
    first = a_day(gettext_lazy("From"), help_text=gettext_lazy("Empty: from now on."))
    first_hour = an_hour(gettext_lazy("Hour at which it begins"), required=False)
    last = a_day(gettext_lazy("Until"), required=True)
    last_hour = an_hour(gettext_lazy("Hour at which it ends"), required=False)
    zone = a_clock()
    campaign = forms.CharField(
        label=gettext_lazy("Only this campaign"), max_length=100, required=False,
        help_text=gettext_lazy("Campaign, kind and unit left empty: silence of everything."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Only this kind"),
        choices=[("", gettext_lazy("every kind")), *Post.Kind.choices],
        required=False,
    )
    unit = a_unit(gettext_lazy("every unit"))
    but_crisis = forms.BooleanField(
        label=gettext_lazy("What is said in a crisis may leave"), required=False, initial=True
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("last") or not found.get("zone"):
            return found
        ends_at = instant(found["last"], found.get("last_hour") or time(23, 59), found["zone"])
        if ends_at <= timezone.now():
            self.add_error("last", _("It would be over already."))
        starts_at = self.starts_at(found)
        if starts_at and starts_at >= ends_at:
            self.add_error("last", _("It ends before it begins."))
        return found | {"starts_at": starts_at, "ends_at": ends_at}

    def starts_at(self, found: dict[str, Any]) -> datetime | None:
        return (
            instant(found["first"], found.get("first_hour") or time(0), found["zone"]) if found.get("first") else None
        )

    @property
    def kept(self) -> dict[str, Any]:
        names = ("label", "starts_at", "ends_at", "zone", "campaign", "kind", "unit", "but_crisis")
        return {name: self.cleaned_data[name] for name in names}


class LandmarkForm(HouseForm):
    label = forms.CharField(label=gettext_lazy("What"), max_length=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Landmark.Kind.choices,
        help_text=gettext_lazy("A series can come back with each academic period."),
    )  # fmt: skip
    first = a_day(gettext_lazy("First day"), required=True)
    last = a_day(gettext_lazy("Last day"), help_text=gettext_lazy("Empty: one day."))
    source = forms.CharField(
        label=gettext_lazy("Where it was read"), max_length=200, required=False,
        help_text=gettext_lazy("A deliberation, a page of Parcoursup: the next reader checks there."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("first"):
            found["last"] = found.get("last") or found["first"]
            if found["last"] < found["first"]:
                self.add_error("last", _("It ends before it begins."))
        return found


class PostsFileForm(HouseForm):
    file = forms.FileField(label=gettext_lazy("File (CSV or XLSX)"))
    zone = a_clock()
