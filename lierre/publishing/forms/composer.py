"""What somebody types in the composer: a common text, one for each account that says it otherwise, a day and an hour."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Role, Unit, User
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.forms.dressed import day as a_day
from lierre.publishing.comparing import Run, runs
from lierre.publishing.composing import Draft
from lierre.publishing.forms.medium import LINK, LinkFields, alt_fields, alts_of
from lierre.publishing.models import Account, Post
from lierre.publishing.models.post import split
from lierre.publishing.network_names import name_of
from lierre.publishing.permissions import WRITE_POSTS
from lierre.publishing.stamping import stamp_of

LONGEST = 100_000
NINE = time(9)
INTENT = ("title", "kind", "objective", "audience", "campaign", "deadline", "language", "counts_links", *LINK)


class ComposerForm(LinkFields, HouseForm):
    """Without a post, for a new one. `seen`: the stamp of what was on the screen. `written`: accounts that may be chosen."""

    title = forms.CharField(label=_("Title, for the calendar"), max_length=150, required=False)
    text = forms.CharField(
        label=_("What we want to say"), widget=forms.Textarea({"rows": 7}),
        help_text=_("Each network follows it until somebody writes otherwise there. Three dashes alone begin another message."),
        error_messages={"required": _("Write what is to be said.")},
    )  # fmt: skip
    accounts = forms.TypedMultipleChoiceField(
        label=_("Accounts"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    day = a_day(_("Day"))
    hour = forms.TimeField(label=_("Hour"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    objective = forms.CharField(label=_("Objective"), max_length=200, required=False)
    audience = forms.CharField(label=_("For whom"), max_length=200, required=False)
    campaign = forms.CharField(label=_("Campaign"), max_length=100, required=False)
    deadline = a_day(_("Too late after"))
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("the institution")
    )
    kind = forms.ChoiceField(
        label=_("Kind of post"), choices=Post.Kind.choices, required=False,
        help_text=_("Accounts may ask for other approvals according to it."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=[("fr", _("French")), ("en", _("English")), ("br", _("Breton"))]
    )
    counts_links = forms.BooleanField(
        label=_("Count the clicks of the links"),
        required=False,
        help_text=_(
            "Each address leaves as a short link of ours, one for each account. Nothing is kept of who opens it."
        ),
    )
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    apart = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *values: Any, written: Sequence[Account], post: Post | None = None, zone: str = "", **options: Any
    ) -> None:
        options.setdefault("initial", initial_of(post) if post else {"language": "fr"})
        super().__init__(*values, **options)
        self.post, self.zone = post, zone or (post.zone if post else "")
        self.written = {account.pk: account for account in written}
        self.fields["accounts"].choices = [(pk, said_of(account)) for pk, account in self.written.items()]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]
        self.variants = list(post.variants.all()) if post else []
        for variant in self.variants:
            label = _("Text for %(account)s") % {"account": variant.account}
            own = forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 5, "class": "input"}))
            self.fields[f"own-{variant.account_id}"] = own
            self.initial[f"own-{variant.account_id}"] = "" if variant.own is None else variant.text
        self.fields |= alt_fields(post)

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone) if self.zone else ZoneInfo(timezone.get_default_timezone_name())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name, text in found.items():
            if isinstance(text, str) and len(text) > LONGEST:
                self.add_error(name, _("This is too long for any network."))
        if found.get("hour") and not found.get("day"):
            self.add_error("day", _("Choose the day too."))
        return found

    def overtaken(self, post: Post) -> list[tuple[str, list[Run]]]:
        """What is kept and what was typed, when somebody wrote meanwhile; from then on, this form writes over it on purpose."""
        seen = self.data.get("seen") if self.is_bound else ""
        if not seen or not hasattr(self, "cleaned_data") or seen == stamp_of(post):
            return []
        said = QueryDict(self.data.urlencode() if isinstance(self.data, QueryDict) else "", mutable=True)
        said.update({"seen": stamp_of(post), "apart": "on"})
        # What a query holds several times is read by its last value: the new stamp.
        self.data = said
        texts = [("", post.text, str(self.data.get("text", "")))]
        for each in self.variants:
            own = "" if each.own is None else each.text
            texts.append((str(each.account), own, str(self.data.get(f"own-{each.account_id}", own))))
        compared = [(name, list(runs(kept, typed.replace("\r\n", "\n").strip()))) for name, kept, typed in texts]
        return [(name, found) for name, found in compared if any(run.kind != "same" for run in found)]

    def draft(self) -> Draft:
        """What was typed, as the composer wants it."""
        said = self.cleaned_data
        due_at = None
        if said["day"]:
            naive = datetime.combine(said["day"], said["hour"] or NINE)
            due_at = naive.replace(tzinfo=self.clock)
        own = {
            variant.account_id: split(composed_signs(text))
            for variant in self.variants
            if (text := str(said.get(f"own-{variant.account_id}", "")).strip())
        }
        intent = {name: said[name] for name in INTENT} | {"unit": said["unit"], "zone": str(self.clock)}
        for name in ("title", "kind"):
            if not intent[name]:
                del intent[name]
        return Draft(
            split(composed_signs(said["text"])), [self.written[pk] for pk in said["accounts"]], own, due_at, said["seen"],
            intent, alts_of(self), said["apart"],
        )  # fmt: skip


class OwnerForm(HouseForm):
    """Who has a post from now on. `post`: whoever has it already is not offered."""

    owner = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none(), empty_label="–")

    def __init__(self, *values: Any, post: Post, **options: Any) -> None:
        super().__init__(*values, **options)
        held = Role.objects.in_force().filter(kind__in=WRITE_POSTS.roles).values("user")
        rows = User.objects.active().filter(pk__in=held).exclude(pk=post.owner_id).order_by("name")
        self.fields["owner"].queryset = rows  # type: ignore[attr-defined]


def composed_signs(text: str) -> str:
    """What was copied from a PDF or a Mac may hold é as two signs: readers see one, and so do the rules and the counters."""
    return normalize("NFC", text)


def said_of(account: Account) -> str:
    return f"{account}, {name_of(account.network)}"


def initial_of(post: Post) -> dict[str, Any]:
    local = post.due_at.astimezone(post.clock) if post.due_at else None
    chosen = [variant.account_id for variant in post.variants.all()]
    return {name: getattr(post, name) for name in INTENT} | {
        "text": post.text, "accounts": chosen, "unit": post.unit_id, "seen": stamp_of(post),
        "day": local.date() if local else None, "hour": local.time() if local else None,
    }  # fmt: skip
