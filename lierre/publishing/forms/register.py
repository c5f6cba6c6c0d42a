"""What is said of an account in the register."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Role, Unit, User
from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.handing_over.accounts import staff
from lierre.publishing.models import Account, Post
from lierre.publishing.network_names import choices
from lierre.publishing.permissions import SEE_POSTS, units_of_register

# Whoever approves must be able to read.
READERS = [("", "–"), *((kind, label) for kind, label in Role.Kind.choices if kind in SEE_POSTS.roles)]


class AccountForm(HouseForm):
    """`account`: the one that is changed; None for a new one. Its network is chosen once. `user`: whoever keeps the register."""

    network = forms.ChoiceField(label=_("Network"), choices=choices)
    label = forms.CharField(label=_("Shown as"), max_length=120)
    address = forms.URLField(
        label=_("Address"), max_length=300, required=False, assume_scheme="https", help_text=_("As anybody opens it.")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("the institution")
    )
    owner = forms.ModelChoiceField(
        label=_("Answers for it"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )
    deputy = forms.ModelChoiceField(
        label=_("When they are away"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )
    purpose = forms.CharField(label=_("What it is for"), max_length=300, required=False)
    keys_held_by = forms.CharField(
        label=_("Who holds the keys"),
        max_length=200,
        required=False,
        help_text=_("A service or a function rather than a name."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=Account.Status.choices, initial=Account.Status.TOLERATED)

    def __init__(self, *values: Any, user: Any, account: Account | None = None, **options: Any) -> None:
        super().__init__(*values, **options)
        house, (units, everywhere) = staff(), units_of_register(user)
        for name, rows in (("unit", units), ("owner", house), ("deputy", house)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if not everywhere:  # somebody of a unit writes nothing down for the institution
            self.fields["unit"].required = True
            self.fields["unit"].empty_label = None  # type: ignore[attr-defined]
        if account is not None:
            # Whoever has left, and a unit that is closed, stay as long as nobody says otherwise: nothing is lost by keeping.
            for name, model in (("unit", Unit), ("owner", User), ("deputy", User)):
                here = model.objects.filter(pk=getattr(account, f"{name}_id"))
                self.fields[name].queryset = self.fields[name].queryset | here  # type: ignore[attr-defined]
            del self.fields["network"]
            self.initial = {name: getattr(account, f"{name}_id", getattr(account, name)) for name in self.fields}

    def clean_address(self) -> str:
        """Mastodon checks `rel="me"` letter by letter: its addresses of accounts end with the name."""
        address = str(self.cleaned_data["address"])
        return address.rstrip("/") if re.search(r"/@[\w.-]+/$", address) else address

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("owner") and said.get("owner") == said.get("deputy"):
            self.add_error("deputy", _("Somebody else must answer when they are away."))
        return said


def readers() -> Any:
    """Those who see posts."""
    held = Role.objects.in_force().filter(kind__in=SEE_POSTS.roles).values("user")
    return User.objects.active().filter(pk__in=held).order_by("name")


class StepForm(HouseForm):
    """Who must approve what leaves for an account: a role, somebody, or somebody outside."""

    kind = forms.ChoiceField(
        label=_("Kind of post"), choices=[("", _("every kind")), *Post.Kind.choices], required=False
    )
    position = forms.TypedChoiceField(label=_("Step"), choices=[(1, "1"), (2, "2"), (3, "3")], coerce=int)
    role = forms.ChoiceField(label=_("One of those who are"), choices=READERS, required=False)
    person = forms.ModelChoiceField(
        label=_("Or this person"), queryset=User.objects.none(), required=False, empty_label="–"
    )
    external = forms.BooleanField(label=_("Or somebody outside, by a link"), required=False)

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["person"].queryset = readers()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if [bool(said.get(name)) for name in ("role", "person", "external")].count(True) != 1:
            self.add_error(None, _("Choose a role, a person or somebody outside: one of the three."))
        return said


class AbsenceForm(HouseForm):
    """When I am away, and who decides meanwhile."""

    deputy = forms.ModelChoiceField(label=_("Who decides meanwhile"), queryset=User.objects.none())
    first = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *values: Any, user: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["deputy"].queryset = readers().exclude(pk=user.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("It ends before it begins."))
        return said
