"""A base of many persons, written through the very projection that imports use: what the other benchmarks read."""

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from django.db import connection, transaction

from demo.carried import rows as carried
from demo.names import family_name, given_name
from lierre.foundation.bulk import insert_rows, reserve_ids
from lierre.people import projection
from lierre.people.fold import DEFAULT_POLICY, Testimony, fold, rows_of
from lierre.people.matching.keys import hashed
from lierre.people.models import Person, Source

AT_ONCE: Final = 20_000
TODAY: Final = 20_780  # days since 1970-01-01
RECORD: Final = (
    "id", "person_id", "source_id", "asserted", "linked_by", "digest", "raw", "facts", "line", "said_by", "reason",
)  # fmt: skip
SYLLABLES: Final = ("ker", "tre", "lan", "plou", "gwen", "mor", "bel", "roz", "gou", "pen", "coat", "bren", "ver")
COUNTRIES: Final = ("FR",) * 30 + ("BE", "GB", "DE", "CA", "US", "ES", "CH", "SN", "MA", "LU")
# What persons let others see: most have said nothing.
CHOICES: Final[Sequence[dict[str, list[str]]]] = (
    *[dict[str, list[str]]() for _ in range(6)],
    {"audience_position": ["class", "graduates"], "audience_place": ["class", "graduates"]},
    {"audience_position": ["graduates", "recruiters"], "audience_name": ["class", "graduates", "recruiters"]},
    {"audience_name": ["class"], "audience_study": ["class"]},
    {"audience_name": [], "audience_study": []},
)


def facts_of(chance: Random, degrees: Sequence[Any], employers: Sequence[Any], jobs: Sequence[Any]) -> dict[str, Any]:
    """What one line of a school's file might say of somebody who does not exist."""
    born = chance.randint(1945, 2003)
    sex = chance.choice("fm")
    degree, employer, job = chance.choice(degrees), chance.choice(employers), chance.choice(jobs)
    facts: dict[str, Any] = {
        "given": given_name(sex, born, chance),  # type: ignore[arg-type]
        "family": family_of(born, chance),
        "sex": sex,
        "born": f"{born}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "student_number": str(chance.randint(10**7, 10**8)),
        "studies": [
            {"degree": degree["label"], "level": degree["level"], "discipline": degree["discipline"],
             "unit": degree["unit"], "year": min(2026, born + chance.randint(21, 28)), "obtained": True}
        ],
        **chance.choice(CHOICES),
    }  # fmt: skip
    if sex == "f" and chance.random() < 0.35:
        facts["usage"] = family_of(born, chance)
    country = chance.choice(COUNTRIES)
    if chance.random() < 0.8:
        facts["positions"] = [
            {"employer": employer["name"], "title": job["feminine" if sex == "f" else "masculine"],
             "rome": job["rome"], "sector": employer["section"], "city": employer["city"],
             "department": employer["department"] if country == "FR" else "", "country": country, "started": "2019-09"}
        ]  # fmt: skip
    return facts


def family_of(born: int, chance: Random) -> str:
    """A frequent name, or one of the many that few people bear."""
    if chance.random() < 0.75:
        return family_name(born, chance)
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def crowd(count: int, seed: int = 2026) -> Iterator[dict[str, Any]]:
    """The facts of so many persons, always the same ones."""
    chance = Random(seed)
    degrees, jobs = list(carried("degrees.csv")), list(carried("occupations.csv"))
    # Four hundred large employers for half of the people, and fifty thousand small ones.
    large = list(carried("employers.csv"))
    small = [{**chance.choice(large), "name": f"{family_of(1960, chance)} {number % 97}"} for number in range(50_000)]
    before = Random(seed + 1)
    for _ in range(count):
        facts = facts_of(chance, degrees, large if chance.random() < 0.5 else small, jobs)
        facts["studies"] += earlier(before, degrees, facts["studies"][0]["year"])
        yield facts


def earlier(chance: Random, degrees: Sequence[Any], year: int) -> list[dict[str, Any]]:
    """What three persons in ten studied before: a licence two years earlier, and sometimes another before."""
    several = 2 if (drawn := chance.random()) < 0.03 else int(drawn < 0.3)
    return [
        {"degree": degree["label"], "level": degree["level"], "discipline": degree["discipline"], "unit": degree["unit"],
         "year": year - 2 * (number + 1), "obtained": True}
        for number, degree in enumerate(chance.choice(degrees) for _ in range(several))
    ]  # fmt: skip


def fill(count: int) -> None:
    """Bring the base to this number of persons. One that is already there is used as it is."""
    known = Person.objects.count()
    if known >= count:
        return
    source = Source.objects.get_or_create(name="School system", defaults={"kind": "school", "siglum": "S"})[0]
    vocabulary = projection.Vocabulary()
    first = reserve_ids("people_person", count - known)
    first_record = reserve_ids("people_record", count - known)
    for at, some in enumerate(sliced(crowd(count - known), AT_ONCE)):
        write(some, first + at * AT_ONCE, first_record + at * AT_ONCE, source.pk, vocabulary)
        print(f"\r{known + min((at + 1) * AT_ONCE, count - known):,} persons", end="", flush=True)
    print()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def sliced(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    return projection.sliced(items, size)


def write(
    some: list[dict[str, Any]], first: int, first_record: int, source_id: int, words: projection.Vocabulary
) -> None:
    """One slice of persons with one record each, in one transaction."""
    sheaf, records = projection.Sheaf(), []
    for at, facts in enumerate(some):
        person_id, record_id = first + at, first_record + at
        days = TODAY - hashed(f"{person_id}") % 2_000
        said = Testimony(record_id, "school", days, facts)  # type: ignore[arg-type]
        sheaf.add(rows_of(person_id, fold([said], DEFAULT_POLICY)))
        text = json.dumps(facts, ensure_ascii=False)
        records.append((record_id, person_id, source_id, days, 0, hashed(text), text, text, 0, "", ""))
    with transaction.atomic():
        projection.write(sheaf, vocabulary=words)
        insert_rows("people_record", RECORD, records)
