"""A machine to tell: where it listens, and what it is told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lierre.connectors.http import Forbidden, place_of
from lierre.foundation.forms.dressed import HouseForm
from lierre.interchange.events import EVENTS
from lierre.interchange.sending import WHY


class ListeningForm(HouseForm):
    """Where it listens is looked up at once, so that a slip is said now and not in the night."""

    url = forms.CharField(
        label=_("Address that is called"), max_length=500, widget=forms.URLInput({"placeholder": "https://"})
    )
    events = forms.MultipleChoiceField(
        label=_("It is told that"),
        choices=[(event.name, event.label) for event in EVENTS.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what this machine is told.")},
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        try:
            place_of(url, settings.WEBHOOK_NETWORKS)
        except Forbidden as refusal:
            raise forms.ValidationError(WHY[refusal.code]) from refusal  # type: ignore[arg-type]
        return url


class WebhookForm(ListeningForm):
    name = forms.CharField(label=_("Name of the machine"), max_length=60)
    field_order = ["name", "url", "events"]

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "url", "events")}
