"""What is said of a rule of the charter; a text to try it on; why a passage should stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit, User
from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.charter.kinds import KINDS, ONE_A_LINE
from lierre.publishing.models import Rule, UnitSeverity
from lierre.publishing.models.rule import CHOICES, SEVERITIES
from lierre.publishing.permissions import may_keep

LANGUAGES = [("", _("every language")), ("fr", _("French")), ("en", _("English")), ("br", _("Breton"))]
MOST_WORDS = 500


class RuleForm(HouseForm):
    """`kind` says which fields there are. `rule`: the one that is changed; None for a new one."""

    name = forms.CharField(label=_("The rule, in a few words"), max_length=150)
    words = forms.CharField(widget=forms.Textarea({"rows": 6}), help_text=ONE_A_LINE, required=False)
    replacement = forms.CharField(max_length=300, required=False)
    most = forms.IntegerField(min_value=0, max_value=30, initial=3)
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why, in thirty seconds"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever writes reads it beside the passage."),
    )  # fmt: skip
    example = forms.CharField(label=_("An example"), max_length=300, required=False)
    severity = forms.ChoiceField(
        label=_("How serious"), choices=SEVERITIES, widget=forms.RadioSelect, initial="advice",
        help_text=_("An ambassador, who speaks in their own name, is only ever advised."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("For texts in"), choices=LANGUAGES, required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("the institution")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *values: Any, kind: str, user: User, rule: Rule | None = None, **options: Any) -> None:
        if rule is not None:
            options.setdefault("initial", {**rule.said, "words": "\n".join(rule.words), "version": rule.version})
        super().__init__(*values, **options)
        self.user, self.kind = user, kind
        uses = KINDS[kind]
        for name in ("words", "replacement", "most", "choice"):
            if label := getattr(uses, name):
                self.fields[name].label = label
                self.fields[name].required = name in uses.needs or name == "most"
            else:
                del self.fields[name]
        if rule is not None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["words"]).splitlines()]
        words = list(dict.fromkeys(line for line in lines if line))
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(_("Five hundred expressions at most: make another rule of the others."))
        if any(not word.strip("*# ") for word in words):
            raise forms.ValidationError(_("A star alone would take every word: write at least its beginning."))
        return words

    def clean_unit(self) -> Unit | None:
        unit: Unit | None = self.cleaned_data["unit"]
        if not may_keep(self.user, unit):
            raise forms.ValidationError(_("You keep the rules of your own units: choose one of them."))
        return unit

    def said(self) -> dict[str, Any]:
        """As the verbs of rules want it."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**told, "kind": self.kind}


class TryForm(HouseForm):
    text = forms.CharField(
        label=_("A text to try"), max_length=10_000, widget=forms.Textarea({"rows": 5}),
        help_text=_("Nothing of it is kept."),
    )  # fmt: skip


class SeverityForm(HouseForm):
    """How serious a rule is in one unit."""

    unit = forms.ModelChoiceField(label=_("In this unit and below"), queryset=Unit.objects.none())
    severity = forms.ChoiceField(
        label=_("it is"), required=False, choices=[*UnitSeverity.CHOICES, ("", _("as elsewhere"))]
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["unit"].queryset = Unit.objects.open()  # type: ignore[attr-defined]


class ExceptionForm(HouseForm):
    why = forms.CharField(
        label=_("Why it should stay"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("Somebody else of the communication department or of the direction countersigns it."),
    )  # fmt: skip
