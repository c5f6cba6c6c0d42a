"""What someone chooses to receive, how often; and what staff writes down of what they were told."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.privacy.choices import Choices
from lierre.privacy.models import Consent, Frequency, Purpose

NEVER: Final = "never"
OFTEN: Final = [*((str(value), label) for value, label in Frequency.choices), (NEVER, _("never"))]


def answers(topic: Purpose) -> list[tuple[str, Any]]:
    """How often; or only yes and no, when nobody is written to."""
    return OFTEN if topic.channel != Purpose.Channel.NONE else [("0", _("yes")), (NEVER, _("no"))]


def field_name(purpose: Purpose) -> str:
    return f"topic-{purpose.pk}"


def held(choices: Choices, purpose: Purpose) -> str:
    """What a topic shows: what they said; else never for what needs their consent, as it comes for the rest."""
    choice = choices.of(purpose.pk)
    if choice.said == "no" or (not choice.said and purpose.needs_consent):
        return NEVER
    return str(choice.frequency)


class PreferencesForm(HouseForm):
    """One question for each topic: how often. Never is an answer like the others. Then how often at most, whatever the topic."""

    rhythm = forms.ChoiceField(
        label=_("All subjects together"), choices=Frequency.choices, required=False,
        help_text=_("At most this often, whatever you choose below. What the law obliges us to tell you does not count."),
    )  # fmt: skip

    def __init__(self, *values: Any, topics: Sequence[Purpose], choices: Choices, **options: Any) -> None:
        super().__init__(*values, **options)
        self.topics, self.choices = list(topics), choices
        self.fields["rhythm"].initial = str(choices.rhythm)
        for topic in self.topics:
            field = forms.ChoiceField(
                label=topic.label, choices=answers(topic), initial=held(choices, topic), help_text=topic.why,
                widget=forms.Select({"class": "input"}),
            )  # fmt: skip
            self.fields[field_name(topic)] = field

    def changed_topics(self) -> list[tuple[Purpose, str]]:
        """What is not as it was, or was never said, topic by topic."""
        asked = [(topic, self.cleaned_data[field_name(topic)]) for topic in self.topics]
        return [(topic, value) for topic, value in asked if value != held(self.choices, topic)]

    def changed_rhythm(self) -> str:
        """Empty when it is as it was, or was not asked."""
        said = str(self.cleaned_data.get("rhythm") or "")
        return said if said != str(self.choices.rhythm) else ""

    def words_of_rhythm(self, value: str) -> str:
        label = {str(key): str(said) for key, said in Frequency.choices}[value]
        return f"{self.fields['rhythm'].label} – {label}"

    def words(self, topic: Purpose, value: str) -> str:
        """What was read and chosen: the proof."""
        label = {key: str(said) for key, said in answers(topic)}[value]
        return f"{topic.label}. {topic.why} – {label}"


class NoteForm(HouseForm):
    """What somebody said by phone, on paper, by a message."""

    purpose = forms.ModelChoiceField(
        Purpose.objects.in_force(), label=_("About"), required=False, empty_label=_("everything")
    )
    said = forms.ChoiceField(
        label=_("They"), choices=[each for each in Consent.Said.choices if each[0] != Consent.Said.RHYTHM]
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=[(each.value, each.label) for each in (Consent.How.PHONE, Consent.How.PAPER, Consent.How.MAIL)],
    )
    words = forms.CharField(
        label=_("In which words"), max_length=2_000, widget=forms.Textarea({"rows": 3}),
        help_text=_("What they were told or what they wrote: it is the proof."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        noted = super().clean() or self.cleaned_data
        about_one = noted.get("purpose") is not None
        if about_one != (noted.get("said") in {"yes", "no"}) and not (not about_one and noted.get("said") == "no"):
            self.add_error(
                "said", _("One agrees to something; a pause, a restriction and their end speak of everything.")
            )
        return noted
