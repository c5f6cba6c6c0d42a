"""What somebody types of a mailing: to whom, from whom, when, and its sections."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.forms.dressed import day as a_day
from lierre.people.models import Segment
from lierre.publishing.mailing.audience import topics
from lierre.publishing.models import Mailing, Post
from lierre.publishing.models.mailing_rules import NAMES, MailingRules
from lierre.publishing.permissions import units_of_letters

NINE: Final = time(9)
MOST: Final = 12
SECURE: Final = [URLValidator(schemes=["https"])]
SAID: Final = (
    "name", "topic", "segment", "sender_name", "reply_to", "subject", "preheader", "campaign", "unit", "kind", "counts_links",
)  # fmt: skip
PARTS: Final = ("title", "text", "image", "alt", "button", "link")


class MailingForm(HouseForm):
    name = forms.CharField(label=_("Name, for the calendar"), max_length=150)
    topic = forms.ChoiceField(
        label=_("What it is about"),
        help_text=_("What people subscribe to, and unsubscribe from. The register of purposes holds them."),
    )  # fmt: skip
    segment = forms.ModelChoiceField(
        label=_("To whom"), queryset=Segment.objects.none(), empty_label=_("Choose"),
        help_text=_("A segment: its question is asked again when it leaves."),
    )  # fmt: skip
    sender_name = forms.CharField(label=_("From whom, as it is read"), max_length=100)
    reply_to = forms.EmailField(label=_("Answers go to"), required=False)
    subject = forms.CharField(label=_("Subject line"), max_length=150)
    preheader = forms.CharField(
        label=_("Words after the subject line"), max_length=150, required=False,
        help_text=_("Mail programs show them in the list, before anything is opened."),
    )  # fmt: skip
    day = a_day(_("Day"))
    hour = forms.TimeField(label=_("Hour"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    campaign = forms.CharField(
        label=_("Campaign"), max_length=100, required=False, help_text=_("The same word as on posts of the campaign.")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("the institution")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Post.Kind.choices, required=False)
    counts_links = forms.BooleanField(
        label=_("Count the clicks of the links"), required=False,
        help_text=_("Each address leaves as a short link of ours, the same for everybody. Nothing is kept of who opens it."),
    )  # fmt: skip

    def __init__(self, *values: Any, user: Any, mailing: Mailing | None = None, **options: Any) -> None:
        if mailing is not None:
            options.setdefault("initial", initial_of(mailing))
        super().__init__(*values, **options)
        self.fields["topic"].choices = [("", _("Choose")), *topics()]  # type: ignore[attr-defined]
        self.fields["segment"].queryset = Segment.objects.standing()  # type: ignore[attr-defined]
        units, everywhere = units_of_letters(user)
        field: Any = self.fields["unit"]
        field.queryset = units | Unit.objects.filter(pk=mailing.unit_id or 0) if mailing else units
        if not (everywhere or (mailing and mailing.unit is None)):  # they speak for no more than their own units
            field.required, field.empty_label = True, _("Choose")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("sender_name", "subject", "preheader"):
            found[name] = " ".join(str(found.get(name, "")).split())
        found["kind"] = found.get("kind") or Post.Kind.NEWS
        if found.get("hour") and not found.get("day"):
            self.add_error("day", _("Choose the day too."))
        return found

    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        clock, due_at = timezone.get_default_timezone(), None
        if typed["day"]:
            due_at = datetime.combine(typed["day"], typed["hour"] or NINE, clock)
        return {name: typed[name] for name in SAID} | {"due_at": due_at}


def initial_of(mailing: Mailing) -> dict[str, Any]:
    local = mailing.due_at.astimezone(timezone.get_default_timezone()) if mailing.due_at else None
    return {name: getattr(mailing, name) for name in SAID} | {
        "day": local.date() if local else None, "hour": local.time() if local else None,
    }  # fmt: skip


class SectionForm(HouseForm):
    """One that is emptied goes away."""

    title = forms.CharField(label=_("Heading"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Text"), max_length=8_000, required=False, widget=forms.Textarea({"rows": 5}),
        help_text=_("An empty line parts two paragraphs. An address becomes a link."),
    )  # fmt: skip
    image = forms.URLField(label=_("Image, by its address"), required=False, validators=SECURE, assume_scheme="https")
    alt = forms.CharField(label=_("What the image shows"), max_length=300, required=False)
    button = forms.CharField(label=_("Button"), max_length=60, required=False)
    link = forms.URLField(label=_("Where the button leads"), required=False, validators=SECURE, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("image") and not found.get("alt"):
            self.add_error("alt", _("Say what the image shows: many mail programs do not display it at once."))
        if bool(found.get("button")) != bool(found.get("link")):
            self.add_error("link", _("A button says something and leads somewhere: fill in both, or neither."))
        return found

    def section(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name, "")).replace("\r\n", "\n").strip() for name in PARTS}


class BaseSections(forms.BaseFormSet):  # type: ignore[type-arg]
    def sections(self) -> list[dict[str, str]]:
        found = [form.section() for form in self.forms]
        return [section for section in found if any(section.values())]


def sections_form(data: Any, mailing: Mailing | None) -> Any:
    """Those that exist, and an empty one after them."""
    kind = forms.formset_factory(SectionForm, formset=BaseSections, extra=1, max_num=MOST)
    return kind(data, initial=mailing.sections if mailing else [], prefix="section")


class RulesForm(HouseForm):
    """How much the house writes, zero being no limit; and what somebody outside reads first."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        rules = MailingRules.in_force()
        for name in NAMES:
            field = MailingRules._meta.get_field(name)
            label = str(field.verbose_name)  # type: ignore[union-attr]
            self.fields[name] = forms.IntegerField(
                label=label[:1].upper() + label[1:], min_value=0, max_value=32_000 if "week" in name else 10_000_000,
                initial=getattr(rules, name), widget=forms.NumberInput({"class": "input"}),
            )  # fmt: skip
        known = topics()
        self.fields["outside_topics"] = forms.MultipleChoiceField(
            label=_("Subjects that somebody outside approves too"), choices=known, required=False,
            initial=[key for key, _label in known if key in rules.outside_topics], widget=forms.CheckboxSelectMultiple,
            help_text=_("A partner, a foundation: they say yes by a link of their own, before the house does."),
        )  # fmt: skip
