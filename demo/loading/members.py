"""Those who came by themselves: about one in twelve says what they do today, and lets recruiters see it."""

import json
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from demo.exports.catalogue import GATHERED
from demo.exports.platform import ACTIVATED, account_of
from demo.graduate import TODAY, Graduate, Job
from demo.loading.house import BY, source
from demo.loading.story import person_of
from demo.membership import lot
from demo.population import everyone
from lierre.foundation.models.journal import record
from lierre.people.matching.keys import hashed
from lierre.people.models import Person, Record, Source
from lierre.people.models.imports import EPOCH
from lierre.people.refold import fold_again

SHARE: Final = 320  # of the accounts of the platform that were opened, in thousandths
SINCE: Final = 540  # days over which they came
OTHERS: Final = ["class", "graduates"]
EVERYBODY_HERE: Final = [*OTHERS, "students", "recruiters"]
# Of a hundred, how many show recruiters where they live, and how to write to them; and how many hide nothing of their work.
PLACE, CONTACT, WORLD = 70, 25, 12


def came(person: Graduate) -> bool:
    """Whether this graduate opened their page."""
    account = account_of(person)
    if account is None or account.state != ACTIVATED or person.number < 0:
        return False
    gone = person.died or person.lost or person.do_not_contact
    return not gone and lot(person, "came", 1000) < SHARE


def came_on(person: Graduate) -> date:
    return TODAY - timedelta(days=3 + lot(person, "came on", SINCE))


def said_by(person: Graduate) -> dict[str, Any]:
    """Their present position, when they have one, and who may see what."""
    draw = lot(person, "openness", 100)
    shown = [*EVERYBODY_HERE, "public"] if draw < WORLD else EVERYBODY_HERE
    facts: dict[str, Any] = {f"audience_{family}": shown for family in ("name", "study", "position")}
    facts["audience_place"] = EVERYBODY_HERE if draw < PLACE else OTHERS
    facts["audience_contact"] = EVERYBODY_HERE if draw < CONTACT else ["class"]
    if person.jobs and person.jobs[-1].ended is None:
        facts["positions"] = [position(person.jobs[-1])]
        facts["contacts"] = [address(person)]
    return facts


def address(person: Graduate) -> dict[str, str]:
    """The town where they live, and no street."""
    if person.home:
        city, department, country = person.home.name, person.home.department, "FR"
    else:
        job = person.jobs[-1]
        city, department, country = job.city, job.department, job.country
    said = {"kind": "address", "value": city, "city": city, "department": department, "country": country}
    return {name: value for name, value in said.items() if value}


def position(job: Job) -> dict[str, str]:
    said = {
        "title": job.title, "employer": job.employer, "city": job.city, "department": job.department,
        "country": job.country, "rome": job.rome, "started": f"{job.started[0]}-{job.started[1]:02d}",
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


@transaction.atomic
def open_pages(size: int, seed: int) -> int:
    """Say it for each of them, the first who came first; once. One line of the journal for all. Answers how many."""
    found = [person for person in everyone(seed, min(size, GATHERED)) if came(person)]
    member, told = source("member"), []
    for person in sorted(found, key=lambda person: (came_on(person), person.number)):
        with suppress(LookupError):  # the line of the school was put aside, so nobody knows them
            known = person_of(person)
            if not Record.objects.filter(person=known, source=member).exists():
                told.append(kept(person, known, member))
    if told:
        fold_again(each.person_id for each in told if each.person_id)
        record("pages.opened", member, by=BY, count=len(told))
    return len(told)


def kept(person: Graduate, known: Person, member: Source) -> Record:
    """What one of them says, as `say` keeps it. No key: a title and a town tell nobody apart."""
    text = json.dumps(said_by(person), ensure_ascii=False, separators=(",", ":"))
    return Record.objects.create(
        person=known, source=member, asserted=(came_on(person) - EPOCH).days, linked_by=Record.Link.STAFF,
        digest=hashed(text), raw=text, facts=text, said_by=BY,
    )  # fmt: skip
