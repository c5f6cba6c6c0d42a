"""Sources, imports, segments, and the token itself."""

from datetime import date, datetime

from django.utils.translation import gettext_noop
from ninja import Field, Schema


class Source(Schema):
    id: int
    name: str
    kind: str
    mark: str


class Sources(Schema):
    sources: list[Source]


class Work(Schema):
    """A long work that is under way, or was."""

    state: str
    done: int
    of: int | None = None
    failure: str = ""


class Import(Schema):
    id: int
    state: str = Field(
        description=gettext_noop(
            "received, ready, rehearsing, rehearsed, applying, applied, reverting, reverted, abandoned."
        )
    )
    source: str
    source_id: int
    asserted_on: date
    received_at: datetime
    files: list[str]
    counts: dict[str, int] = Field(
        description=gettext_noop("What the rehearsal found: new, enriched, confirmed, unchanged, to_decide, rejected.")
    )
    work: Work | None = None


class Imports(Schema):
    imports: list[Import]
    next: str | None = None


class Segment(Schema):
    id: int
    name: str
    purpose: str
    in_words: str
    total: int = Field(description=gettext_noop("How many answer today, for this token."))


class Segments(Schema):
    segments: list[Segment]


class Me(Schema):
    name: str
    owner: str
    scopes: list[str] = Field(description=gettext_noop("Those that count today."))
    lost_scopes: list[str] = Field(description=gettext_noop("Given to the token, and no longer held by its owner."))
    expires_at: datetime
    requests_a_minute: int
