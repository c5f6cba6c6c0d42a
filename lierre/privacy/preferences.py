"""The preference centre: a signed link that expires, and what is kept when somebody answers there."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.models import ContactPoint, Person
from lierre.people.models.merge import standing
from lierre.privacy.choices import Choices, choices_of
from lierre.privacy.forms.consents import NEVER, PreferencesForm
from lierre.privacy.models import Consent, Letter, Purpose, note_sign
from lierre.privacy.populations import population_of

LIFE: Final = timedelta(days=180)
PAUSE: Final = timedelta(days=180)
SALT: Final = "lierre.privacy.preferences"


def link_for(person: Person) -> str:
    """What stands at the end of every message: it opens their preferences, and nothing else."""
    return settings.ADDRESS + reverse("privacy:preferences", args=[token_for(person)])


def ask_link(email: str) -> None:
    """Have the link sent to whoever holds this address: once a day at most for each, whoever asks."""
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value=email.lower(), refused=False)
    today = timezone.localdate().toordinal()
    Letter.objects.bulk_create(
        [
            Letter(person_id=number, kind=Letter.Kind.PREFERENCES, turn=today)
            for number in {each.person_id for each in points}
        ],
        ignore_conflicts=True,
    )


def token_for(person: Person) -> str:
    return signing.dumps(person.public_id, salt=SALT)


def person_of(token: str) -> Person:
    """Whose link it is: of whoever they have become, when they were merged since. Refused once it has expired."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.SignatureExpired:
        raise Refused(_("This link has expired. Take the one of a more recent message.")) from None
    except signing.BadSignature:
        raise Refused(_("This link is not one of ours. Copy it whole from the message you received.")) from None
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise Refused(_("Nothing is held any more about the person to whom this link was sent."))
    return standing(person)


def topics_of(person: Person) -> list[Purpose]:
    """What they may choose, by controller."""
    return list(Purpose.objects.topics().of(population_of(person)).select_related("controller"))


def answer(form: PreferencesForm, person: Person, *, how: str, by: Any) -> int:
    """Keep what changed, each with the words that were read. Answers how many."""
    changed = form.changed_topics()
    with transaction.atomic():
        for topic, value in changed:
            said, frequency = ("no", 0) if value == NEVER else ("yes", int(value))
            words = form.words(topic, value)
            Consent.write(person, said, purpose=topic, frequency=frequency, how=how, words=words, by=by)
        if rhythm := form.changed_rhythm():
            words = form.words_of_rhythm(rhythm)
            Consent.write(person, Consent.Said.RHYTHM, frequency=int(rhythm), how=how, words=words, by=by)
        note_sign(person, "click" if how == Consent.How.LINK else "answer")
    return len(changed)


def stop(act: str, person: Person, *, how: str, by: Any) -> str:
    """One click: a pause of six months, never again, or all as before. Answers the sentence that says it is done."""
    today = timezone.localdate()
    words = {
        "pause": _("Write nothing to me for six months."),
        "no": _("Never write to me again."),
        "resume": _("You may write to me again, as I chose below."),
    }
    done = {
        "pause": _("Nothing will be sent to you for six months."),
        "no": _("Nothing will be sent to you any more, but what the law obliges us to tell you."),
        "resume": _("We write to you again, as you chose below."),
    }
    if act not in words:
        raise Refused(_("This button is not known. Reload the page."))
    until = today + PAUSE if act == "pause" else None
    with transaction.atomic():
        Consent.write(person, act, how=how, words=words[act], by=by, until=until)
        note_sign(person, "click" if how == Consent.How.LINK else "answer")
    return done[act]


def choices_now(person: Person) -> Choices:
    return choices_of([person.pk])[person.pk]
