"""Sources, imports, records as they came, and the persons folded from them."""

from lierre.people.models.claim import Claim
from lierre.people.models.contact_point import ContactPoint
from lierre.people.models.decision import Decision
from lierre.people.models.delegate import Delegate
from lierre.people.models.delivery import Delivery
from lierre.people.models.entry import DirectoryChange, DirectoryEntry
from lierre.people.models.exit_rehearsal import ExitRehearsal
from lierre.people.models.export import Export
from lierre.people.models.freshness import FreshnessCount
from lierre.people.models.imports import Import
from lierre.people.models.judgement import Judgement
from lierre.people.models.key_page import KeyPage, KeyShelf
from lierre.people.models.line_match import LineMatch, MatchingRefusal
from lierre.people.models.line_twin import LineTwin
from lierre.people.models.mapping import Mapping
from lierre.people.models.matching_model import MatchingModel
from lierre.people.models.matching_rule import MatchingRule
from lierre.people.models.matching_sample import MatchingSample, SampledMatch
from lierre.people.models.merge import Merge
from lierre.people.models.person import Person
from lierre.people.models.policy import PolicyVersion
from lierre.people.models.position import Position
from lierre.people.models.quarantine import QuarantinedLine
from lierre.people.models.record import Record, RecordKey
from lierre.people.models.saved_search import SavedSearch
from lierre.people.models.segment import Segment, SegmentVersion
from lierre.people.models.source import Source
from lierre.people.models.study import Study
from lierre.people.models.suspicion import DuplicateSearch, Suspicion
from lierre.people.models.term import Term
from lierre.people.models.vouch import Vouch

__all__ = [
    "Claim",
    "ContactPoint",
    "Decision",
    "Delegate",
    "Delivery",
    "DirectoryChange",
    "DirectoryEntry",
    "DuplicateSearch",
    "ExitRehearsal",
    "Export",
    "FreshnessCount",
    "Import",
    "Judgement",
    "KeyPage",
    "KeyShelf",
    "LineMatch",
    "LineTwin",
    "Mapping",
    "MatchingModel",
    "MatchingRefusal",
    "MatchingRule",
    "MatchingSample",
    "Merge",
    "Person",
    "PolicyVersion",
    "Position",
    "QuarantinedLine",
    "Record",
    "RecordKey",
    "SampledMatch",
    "SavedSearch",
    "Segment",
    "SegmentVersion",
    "Source",
    "Study",
    "Suspicion",
    "Term",
    "Vouch",
]
