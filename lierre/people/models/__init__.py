"""Sources, imports, records as they came, and the persons folded from them."""

from lierre.people.models.contact_point import ContactPoint
from lierre.people.models.decision import Decision
from lierre.people.models.delivery import Delivery
from lierre.people.models.entry import DirectoryChange, DirectoryEntry, NameWord
from lierre.people.models.imports import Import
from lierre.people.models.mapping import Mapping
from lierre.people.models.person import Person
from lierre.people.models.policy import PolicyVersion
from lierre.people.models.position import Position
from lierre.people.models.quarantine import QuarantinedLine
from lierre.people.models.record import Record, RecordKey
from lierre.people.models.saved_search import SavedSearch
from lierre.people.models.source import Source
from lierre.people.models.study import Study
from lierre.people.models.term import Term

__all__ = [
    "ContactPoint",
    "Decision",
    "Delivery",
    "DirectoryChange",
    "DirectoryEntry",
    "Import",
    "Mapping",
    "NameWord",
    "Person",
    "PolicyVersion",
    "Position",
    "QuarantinedLine",
    "Record",
    "RecordKey",
    "SavedSearch",
    "Source",
    "Study",
    "Term",
]
