"""Requests of rights: asked by anybody, then handled act by act."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import User
from lierre.foundation.forms.dressed import HouseForm, day
from lierre.people.models import Person
from lierre.privacy.models import Request
from lierre.privacy.models.request import RequestQuerySet
from lierre.privacy.permissions import HANDLE_REQUESTS

TEXT = forms.Textarea({"rows": 4})


class AskForm(HouseForm):
    """What somebody who has no account may say. Whether we know them is never answered here."""

    right = forms.ChoiceField(label=_("What do you ask?"), choices=Request.Right.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your name, and your name at the time of your studies"), max_length=150)
    email = forms.EmailField(label=_("Where to answer you"), help_text=_("An e-mail address."))
    clue = forms.CharField(
        label=_("What helps to find you"), max_length=200, required=False,
        help_text=_("Degree and year, or student number. Do not send an identity document."),
    )  # fmt: skip
    message = forms.CharField(label=_("If you wish to say more"), max_length=4_000, widget=TEXT, required=False)
    # Filled in by programs only: people do not see it.
    website = forms.CharField(required=False, widget=forms.HiddenInput)


class LinkForm(HouseForm):
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("The one at which you receive our messages."))


class OwnAskForm(HouseForm):
    """Somebody who is signed in: we know who they are, and where to answer."""

    right = forms.ChoiceField(label=_("What do you ask?"), choices=Request.Right.choices, widget=forms.RadioSelect)
    message = forms.CharField(label=_("If you wish to say more"), max_length=4_000, widget=TEXT, required=False)


class WrittenAskForm(AskForm):
    """A letter or a call, written down by staff: the month began when it came."""

    received_on = day(_("Received on"), required=True)
    field_order = ("received_on",)

    def clean_received_on(self) -> Any:
        found = self.cleaned_data["received_on"]
        if found > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return found


class RequestFilter(HouseForm):
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("Open")), ("settled", _("Settled")), ("late", _("Late")), ("all", _("All"))],
    )  # fmt: skip
    right = forms.ChoiceField(label=_("Right"), choices=[("", _("Any right")), *Request.Right.choices], required=False)

    def among(self, requests: RequestQuerySet) -> RequestQuerySet:
        """Those asked for; the open ones when nothing is said."""
        self.is_valid()
        state = self.cleaned_data.get("state", "")
        found = {"settled": requests.settled, "late": requests.late, "all": requests.all}.get(
            state, requests.still_open
        )()
        right = self.cleaned_data.get("right")
        return found.filter(right=right) if right else found


class IdentifyForm(HouseForm):
    """Who asks, and how that was checked."""

    person = forms.CharField(widget=forms.HiddenInput)
    proof = forms.ChoiceField(label=_("How was it checked?"), choices=Request.Proof.choices, widget=forms.RadioSelect)

    def clean_person(self) -> Person:
        found = Person.objects.filter(public_id=self.cleaned_data["person"]).first()
        if found is None:
            raise ValidationError(_("Choose the person in the list."))
        return found


class GiveForm(HouseForm):
    handler = forms.ModelChoiceField(User.objects.none(), label=_("Who answers"))

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        handler = self.fields["handler"]
        assert isinstance(handler, forms.ModelChoiceField)
        roles = sorted(HANDLE_REQUESTS.roles)
        handler.queryset = User.objects.active().filter(roles__kind__in=roles).distinct().order_by("name")


class AnswerForm(HouseForm):
    answer = forms.CharField(
        label=_("What is answered"), max_length=4_000, widget=TEXT,
        help_text=_("Who asked can read it by their link. It is kept as a proof, until they are erased."),
    )  # fmt: skip


class EraseForm(AnswerForm):
    """The only act that cannot be undone asks for a tick."""

    sure = forms.BooleanField(label=_("I have checked that nothing obliges us to keep more than the degree"))
