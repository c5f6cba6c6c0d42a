"""What is brought to the library, what is said of a medium and of those it shows; and the media and the link of a post."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.accounts.models import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.forms.dressed import day as a_day
from lierre.publishing.attached import attached_to
from lierre.publishing.library.subtitles import lines, read
from lierre.publishing.models import Medium, Post

LANGUAGES: Final = {
    "fr": gettext_lazy("What it shows, in French"), "en": gettext_lazy("What it shows, in English"),
    "br": gettext_lazy("What it shows, in Breton"),
}  # fmt: skip
SPOKEN: Final = {
    "fr": gettext_lazy("Subtitles in French"), "en": gettext_lazy("Subtitles in English"),
    "br": gettext_lazy("Subtitles in Breton"),
}  # fmt: skip
LONGEST_ALT: Final = 1_500
# Asked for these, a telephone gives its photographs as JPEG, whatever it keeps them in.
TAKEN: Final = "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,application/pdf"
LINK: Final = ("link_url", "link_title", "link_description")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several at once."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each] or [super().clean(None)]


class BringForm(HouseForm):
    brought = FilesField(
        label=gettext_lazy("Files"), widget=FilesInput({"multiple": True, "accept": TAKEN}), allow_empty_file=True,
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, GIF up to 40 MB, MP4 or MOV up to 1 GB, PDF up to 100 MB. Each is kept as it comes."
        ),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
    )  # fmt: skip
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=200, required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False,
        empty_label=gettext_lazy("the institution"),
    )  # fmt: skip

    def __init__(self, *values: Any, units: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class MediumForm(HouseForm):
    """All that is said of one. Its file is never changed."""

    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=150)
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=200, required=False)
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), choices=Medium.Licence.choices, required=False)
    allowed = forms.CharField(label=gettext_lazy("What it may be used for"), max_length=300, required=False)
    until = a_day(
        gettext_lazy("May be shown until"), help_text=gettext_lazy("Afterwards it is in no post that leaves.")
    )
    tags = forms.CharField(label=gettext_lazy("Words to find it by"), max_length=300, required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False,
        empty_label=gettext_lazy("the institution"),
    )  # fmt: skip

    def __init__(self, *values: Any, medium: Medium, units: Any, **options: Any) -> None:
        said = {name: getattr(medium, name) for name in ("title", "credit", "licence", "allowed", "until", "tags")}
        options.setdefault("initial", said | {"unit": medium.unit_id, "x": medium.focus_x, "y": medium.focus_y})
        super().__init__(*values, **options)
        own = Unit.objects.filter(pk__in=[medium.unit_id] if medium.unit_id else [])
        self.fields["unit"].queryset = units | own  # type: ignore[attr-defined]
        self.captions = dict(medium.captions)
        if medium.is_image or medium.is_film:
            for code, label in LANGUAGES.items():
                self.fields[f"alt_{code}"] = described(label)
                self.initial.setdefault(f"alt_{code}", medium.told_in(code))
        if medium.is_film:
            for code, label in SPOKEN.items():
                self.fields[f"spoken_{code}"] = spoken(label, self.captions.get(code))
                if code in self.captions:
                    self.fields[f"without_{code}"] = without(label)
        if medium.is_image:
            self.fields["x"] = hundredths(_("What matters, from the left (0 to 100)"))
            self.fields["y"] = hundredths(_("What matters, from the top (0 to 100)"))

    @property
    def alts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("alt_")]

    @property
    def subtitles(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(("spoken_", "without_"))]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for code in SPOKEN:
            if found.pop(f"without_{code}", False):
                self.captions.pop(code, None)
            if file := found.pop(f"spoken_{code}", None):
                try:
                    self.captions[code] = read(file.read(), file.name)
                except Refused as refusal:
                    self.add_error(f"spoken_{code}", str(refusal))
        return found

    def said(self) -> dict[str, Any]:
        """Fields of the medium."""
        found = dict(self.cleaned_data)
        told = {code: found.pop(f"alt_{code}", "").strip() for code in LANGUAGES}
        if self.alts:
            found |= {"alt": {code: alt for code, alt in told.items() if alt}}
        if "x" in found:
            found |= {"focus_x": found.pop("x"), "focus_y": found.pop("y")}
        if self.subtitles:
            found["captions"] = self.captions
        return found


def without(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=_("%(subtitles)s: take them off") % {"subtitles": label}, required=False)


def spoken(label: Any, known: Any) -> forms.FileField:
    hint = _("A file of subtitles (.vtt), 20 kB at most.")
    if known:
        held = lines(known)
        hint = ngettext("%(count)d line is kept.", "%(count)d lines are kept.", held) % {"count": held}
    widget = forms.FileInput({"accept": ".vtt,text/vtt", "class": "input"})
    return forms.FileField(label=label, required=False, help_text=hint, widget=widget)


def described(label: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "class": "input"})
    return forms.CharField(label=label, max_length=LONGEST_ALT, required=False, widget=widget)


def hundredths(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, widget=forms.NumberInput({"class": "input"}))


class LikenessForm(HouseForm):
    """Somebody shown, and what they consented to. It stands beside the form of the medium: its fields are told apart."""

    name = forms.CharField(label=gettext_lazy("Who is shown"), max_length=150)
    given_on = a_day(
        gettext_lazy("Consented on"), help_text=gettext_lazy("Without a day, nothing that shows them leaves.")
    )
    until = a_day(gettext_lazy("Consents until"))
    proof = forms.CharField(label=gettext_lazy("Where the paper is kept"), max_length=200, required=False)

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **{"auto_id": "shown_%s"} | options)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        given, until = found.get("given_on"), found.get("until")
        if given and given > timezone.localdate():
            self.add_error("given_on", _("This day has not come yet."))
        if given and until and until < given:
            self.add_error("until", _("It ends before it begins."))
        return found


class LinkFields(forms.Form):
    """The page that a post leads to, and its card where a network takes ours. See forms/composer.py."""

    link_url = forms.URLField(label=gettext_lazy("Address"), max_length=2000, required=False, assume_scheme="https")
    link_title = forms.CharField(label=gettext_lazy("Title of the card"), max_length=400, required=False)
    link_description = forms.CharField(label=gettext_lazy("Description of the card"), max_length=400, required=False)


def alt_fields(post: Post | None) -> dict[str, forms.Field]:
    """One for each image and film of the post: what it shows, for who does not see it."""
    found: dict[str, forms.Field] = {}
    for each in attached_to(post) if post else ():
        if each.medium.is_image or each.medium.is_film:
            field = described(_("What “%(medium)s” shows") % {"medium": each.title or each.medium})
            field.initial = each.alt
            found[f"alt-{each.pk}"] = field
    return found


def alts_of(form: forms.Form) -> dict[int, str]:
    """As typed. One that was not on the page that is sent is not taken for an empty one."""
    return {
        int(name.removeprefix("alt-")): str(form.cleaned_data.get(name, "")).strip()
        for name in form.fields
        if name.startswith("alt-") and name in form.data
    }
