"""One record, as the fold hears it."""

from typing import NamedTuple

from lierre.people.facts import Facts


class Testimony(NamedTuple):
    """`asserted_on` counts days since 1970-01-01; `kind` is a key of SOURCE_KINDS."""

    record_id: int
    kind: str
    asserted_on: int
    facts: Facts
