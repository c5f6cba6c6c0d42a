"""What the catalogue of components shows: invented, and the same each time."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.charts import (
    Bar,
    Bars,
    Calendar,
    Funnel,
    Line,
    Point,
    Rise,
    Series,
    Sparkline,
    Stacked,
    StackedBar,
    Step,
    Waterfall,
)
from lierre.foundation.figures import Figure
from lierre.foundation.periods import Period, months_later

ROWS_OF_A_PAGE: Final = 5
YEAR: Final = Period.academic_year(2025)
DEPARTMENTS: Final = (
    ("22", "Côtes-d’Armor"), ("29", "Finistère"), ("35", "Ille-et-Vilaine"), ("44", "Loire-Atlantique"),
    ("49", "Maine-et-Loire"), ("53", "Mayenne"), ("56", "Morbihan"), ("72", "Sarthe"), ("75", "Paris"), ("85", "Vendée"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    unit: str
    year: int
    replies: int | None

    @property
    def cursor(self) -> str:
        return f"{self.name}-{self.year}"


ROWS: Final = (
    Row("Master Statistique et société", "Faculté des sciences", 2014, 41),
    Row("Master Physique", "Faculté des sciences", 2024, 18),
    Row("Master Droit de l’énergie", "Faculté de droit", 2011, 27),
    Row("Master Économie de l’énergie", "Faculté de droit", 2020, 33),
    Row("Licence pro Achats", "IUT de Morlaix", 2012, 22),
    Row("BUT Génie thermique", "IUT de Lannion", 2019, 30),
    Row("Master Génie électrique", "École d’ingénieurs", 2017, 52),
    Row("Doctorat Écologie marine", "Faculté des sciences", 2010, 6),
    Row("Licence Breton", "Faculté des lettres", 2018, None),
    Row("Master Traduction", "Faculté des lettres", 2021, 15),
    Row("BUT Informatique", "IUT de Lannion", 2022, 48),
    Row("Licence Histoire", "Faculté des lettres", 2016, 37),
)
SORTS: Final = {
    "nom": lambda row: row.name,
    "composante": lambda row: (row.unit, row.name),
    "promotion": lambda row: row.year,
    "reponses": lambda row: (row.replies is not None, row.replies or 0),
}


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("As it is written on the diploma.")
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Département"), required=False, choices=[("", "—"), *DEPARTMENTS])
    since = forms.DateField(
        label=gettext_lazy("Since"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=120,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It is kept in the journal."),
    )
    speaks = forms.ChoiceField(
        label=gettext_lazy("Who speaks"),
        required=False,
        widget=forms.RadioSelect,
        initial="self",
        choices=[("self", gettext_lazy("the person")), ("office", gettext_lazy("the alumni office"))],
    )
    accepts = forms.BooleanField(label=gettext_lazy("Accepts to be written to"), required=False)
    documents = forms.FileField(
        label=gettext_lazy("Files"), required=False, help_text=gettext_lazy("Nothing is kept: it is an example.")
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for name in ("name", "email", "department", "since", "reason", "documents"):
            self.fields[name].widget.attrs["class"] = "input"


def everything(request: HttpRequest) -> dict[str, Any]:
    rows = narrowed(request)
    start = next((at + 1 for at, row in enumerate(rows) if row.cursor == request.GET.get("apres")), 0)
    asked = request.GET.copy()
    asked.pop("apres", None)
    page = rows[start : start + ROWS_OF_A_PAGE]
    return {
        "rows": page,
        "following": page[-1].cursor if start + ROWS_OF_A_PAGE < len(rows) else "",
        "is_first": start == 0,
        "asked": asked.urlencode(),
        "words": request.GET.get("dans", ""),
        "wrong": ExampleForm({"wrong-email": "amelie", "wrong-reason": "", "wrong-name": "Amélie"}, prefix="wrong"),
        **figures(),
        **charts(),
    }


def narrowed(request: HttpRequest) -> list[Row]:
    """The rows that hold what was typed, in the order asked for."""
    words, order = request.GET.get("dans", "").casefold(), request.GET.get("tri", "nom")
    rows = [row for row in ROWS if words in f"{row.name} {row.unit}".casefold()]
    return sorted(rows, key=SORTS.get(order.lstrip("-"), SORTS["nom"]), reverse=order.startswith("-"))


def figures() -> dict[str, Figure]:
    definition = _("Living graduates with an address that received a message without return for two years.")
    before = Figure(_("Graduates whom we can reach"), 65, "%", YEAR.previous(), definition, doubt=1)
    return {
        "reach": Figure(
            before.name, 71, "%", YEAR, definition, source=_("information system, returned messages"), doubt=1,
            coverage=0.94, compared=before,
        ),
        "sure": Figure(
            _("Answers to the survey"), 1240, "", YEAR, _("Questionnaires completed."), doubt=190,
            compared=Figure(_("Answers to the survey"), 1180, "", YEAR.previous(), _("Questionnaires completed."), doubt=150),
        ),
        "unknown": Figure(_("Persons reached on Mastodon"), None, "", YEAR, _("The network does not measure it.")),
    }  # fmt: skip


def charts() -> dict[str, Any]:
    months = [date_format(months_later(YEAR.first, index), "N") for index in range(12)]
    values = [58, 59.5, 61, 61, 63, None, None, 66, 67.5, 67, 69, 71]
    reach = [
        Point(month, value, value and value - 1.5, value and value + 1.5)
        for month, value in zip(months, values, strict=True)
    ]
    by_unit = [
        Series(_("Sciences"), [Point(month, 40 + 2 * at) for at, month in enumerate(months)]),
        Series(_("Law"), [Point(month, 52 + at % 4) for at, month in enumerate(months)]),
        Series(_("Arts"), [Point(month, 47 - at + (at > 6) * 6) for at, month in enumerate(months)]),
    ]
    return {
        "line": Line(title=_("Graduates whom we can reach"), unit="%", series=[Series(_("share"), reach)], goal=75),
        "lines": Line(
            title=_("Answers by faculty"), unit="%", series=by_unit,
            sentence=_("Sciences has gained 22 points in a year and leads since March; Arts has lost 5."),
        ),
        "spark": Sparkline(title=_("Messages answered within the day"), unit="%", points=reach),
        "bars": Bars(
            title=_("Answers by unit"),
            bars=[
                Bar("École d’ingénieurs", 412, 390, 434), Bar("Faculté des sciences", 365, 340, 390),
                Bar("IUT de Lannion", 231), Bar("Faculté des lettres", None), Bar("IUT de Morlaix", 98),
            ],
        ),
        "stacked": Stacked(
            title=_("Graduates by degree"), parts=[_("Master"), _("Bachelor"), _("Doctorate")],
            bars=[
                StackedBar("2025", [820, 640, 92]), StackedBar("2024", [790, 655, 88]),
                StackedBar("2023", [760, 610, None]),
            ],
        ),
        "funnel": Funnel(
            title=_("From the letter to the answer"),
            steps=[
                Step(_("Letters sent"), 4210), Step(_("Letters opened"), 2580), Step(_("Page visited"), 940),
                Step(_("Record confirmed"), 612),
            ],
        ),
        "waterfall": Waterfall(
            title=_("Why it is the same person"), unit=_("bits"), total_label=_("In all"), threshold=6.6,
            below=_("two persons"), beyond=_("the same"),
            steps=[
                Rise(_("By chance"), -13.2, is_start=True), Rise(_("Birth"), 10.4), Rise(_("Given name"), 6.1),
                Rise(_("Name"), 3.9), Rise(_("Degree, year"), 6.8), Rise(_("Town"), -2.1),
            ],
        ),
        "heat": heat(),
    }  # fmt: skip


def heat() -> Calendar:
    chance = random.Random(29)  # noqa: S311 - an example, the same each time
    values: dict[date, float | None] = {}
    for index in range(YEAR.days):
        day = YEAR.first + timedelta(index)
        if not 60 <= index <= 72:  # two weeks that nobody counted
            values[day] = 0 if day.weekday() > 4 and chance.random() < 0.8 else chance.randint(0, 9) ** 2 // 4
    return Calendar(
        title=_("Replies to users, day by day"), unit=_("replies"), first=YEAR.first, last=YEAR.last, values=values
    )
