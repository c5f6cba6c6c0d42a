"""What someone who is signed in says of themselves, and who they let see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import FAMILIES, FINER
from lierre.people.models import Person, Record, Source
from lierre.people.saying import say


def member_source() -> Source:
    """The person as a witness."""
    known = Source.objects.filter(kind="member").first()
    return known or Source.objects.create(kind="member", name=_("The person"), siglum="M")


def archive_source() -> Source:
    """What the person brings from elsewhere: a LinkedIn archive, a CV."""
    known = Source.objects.filter(kind="archive").first()
    return known or Source.objects.create(kind="archive", name=_("The person’s own LinkedIn archive"), siglum="L")


def tell(person: Person, facts: Mapping[str, Any], *, by: Any) -> Record:
    """The person speaks. Where the school is believed first, what they say is kept and waits underneath."""
    return say(facts, source=member_source(), by=by, person=person, verb="person.spoke")


def choose_audiences(person: Person, seen_by: Mapping[str, Sequence[str]], *, by: Any) -> Record:
    """Family of values, or finer values → audiences that may see it. An empty list is nobody. The choice holds from now on."""
    unknown = {*seen_by} - {*FAMILIES, *FINER} | {name for names in seen_by.values() for name in names} - {*AUDIENCES}
    if unknown:
        raise Refused(_("This choice does not exist: open the page again."))
    facts = {f"audience_{family}": list(names) for family, names in seen_by.items()}
    return say(facts, source=member_source(), by=by, person=person, verb="person.chose")
