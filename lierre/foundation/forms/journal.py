"""What someone looks for in the journal."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lierre.foundation.forms.dressed import HouseForm, day
from lierre.foundation.models.journal import Entry, EntryQuerySet, kind_in_words
from lierre.foundation.models.verbs import verb_in_words

QUESTIONS: Final = {
    "q": "saying",
    "who": "by_someone_named",
    "verb": "of_verb",
    "kind": "on_kind",
    "since": "since",
    "until": "until",
}


class JournalFilter(HouseForm):
    """Every field may be left empty."""

    q = forms.CharField(label=_("Object or reason"), max_length=100, required=False)
    who = forms.CharField(label=_("Who"), max_length=100, required=False)
    verb = forms.ChoiceField(label=_("What"), required=False)
    kind = forms.ChoiceField(label=_("On what"), required=False)
    since = day(pgettext_lazy("first day", "From"))
    until = day(pgettext_lazy("last day", "To"))

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        verbs = sorted((verb_in_words(verb), verb) for verb in Entry.objects.verbs())
        kinds = sorted((kind_in_words(kind), kind) for kind in Entry.objects.kinds())
        for name, words in (("verb", verbs), ("kind", kinds)):
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [("", _("Anything")), *((value, label) for label, value in words)]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first one."))
        return asked

    def entries(self, reader: Any) -> EntryQuerySet:
        """The lines this reader asks for. What is not understood filters nothing, and its field says so."""
        self.is_valid()
        entries = Entry.objects.all()
        for name, question in QUESTIONS.items():
            if answer := self.cleaned_data.get(name):
                told = (answer, reader) if name == "q" else (answer,)
                entries = getattr(entries, question)(*told)
        return entries
