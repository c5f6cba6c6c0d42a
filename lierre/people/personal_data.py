"""What the base of persons holds about them. A person goes whole: no table is emptied apart from the others."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.claiming import personal_data as claiming  # noqa: F401 - declares its own
from lierre.people.erasing import erase
from lierre.people.marks import Marks
from lierre.people.models import (
    Claim,
    ContactPoint,
    Decision,
    Delivery,
    DirectoryEntry,
    Export,
    Import,
    Judgement,
    LineMatch,
    LineTwin,
    Mapping,
    MatchingModel,
    MatchingRefusal,
    MatchingRule,
    MatchingSample,
    Merge,
    Person,
    PolicyVersion,
    Position,
    QuarantinedLine,
    Record,
    RecordKey,
    SampledMatch,
    SavedSearch,
    Segment,
    SegmentVersion,
    Study,
    Suspicion,
)

BY: Final = "privacy"
WITH_THE_PERSON: Final = _("As long as the person is in the base.")
FOLLOW: Final = _("Know the graduates of the institution, follow what they become, and keep in touch with them.")
KNOW: Final = _("Recognise the same person in two files, and know how often that is wrong.")
ONE: Final = _("Speak of each person once, and remember who are two.")
TRUE: Final = _("Say where each value comes from, so that it can be checked and corrected.")


def persons(someone: Any) -> QuerySet[Person]:
    """The person; none for a user, whose account says nothing of who they are as a graduate."""
    return Person.objects.filter(pk__in=[someone.pk] if isinstance(someone, Person) else [])


def of_person(model: type[Model]) -> Callable[[Any], QuerySet[Any]]:
    """The rows of this table that hang on a person."""
    return lambda someone: model._default_manager.filter(person__in=persons(someone))


def keys(someone: Any) -> QuerySet[RecordKey]:
    return RecordKey.objects.filter(record_id__in=Record.objects.filter(person__in=persons(someone)).values("pk"))


def decisions(someone: Any) -> QuerySet[Decision]:
    about = persons(someone)
    return Decision.objects.filter(Q(record__person__in=about) | Q(before__in=about) | Q(after__in=about)).distinct()


def merges(someone: Any) -> QuerySet[Merge]:
    about = persons(someone)
    return Merge.objects.filter(Q(gone__in=about) | Q(kept__in=about) | Q(first_kept__in=about))


def suspicions(someone: Any) -> QuerySet[Suspicion]:
    about = persons(someone)
    return Suspicion.objects.filter(Q(low__in=about) | Q(high__in=about))


def judgements(someone: Any) -> QuerySet[Judgement]:
    return Judgement.objects.filter(suspicion__in=suspicions(someone))


def imports(someone: Any) -> QuerySet[Import]:
    """What they brought themselves."""
    return Import.objects.filter(member_id__in=persons(someone).values("pk"))


def files(someone: Any) -> QuerySet[Delivery]:
    """Files that name them: some of their records came in it, or they brought it."""
    told = Record.objects.filter(person__in=persons(someone)).values("delivery")
    return Delivery.objects.filter(Q(pk__in=told) | Q(imported__in=imports(someone)))


def waiting_lines(someone: Any) -> QuerySet[QuarantinedLine]:
    """Lines put aside that were settled for them, might be theirs, or bear their numbers or their name."""
    found = []
    for person in persons(someone):
        marks, records = Marks.of(person), list(Record.objects.filter(person=person))
        numbers, hashes = {record.pk for record in records}, {key.hash for record in records for key in record.keys}
        found += [
            line.pk
            for line in QuarantinedLine.objects.iterator(chunk_size=2_000)
            if line.record_id in numbers
            or person.pk in line.candidates
            or hashes & set(line.keys)
            or marks.are_in(f"{line.value} {line.raw}")
        ]
    return QuarantinedLine.objects.filter(pk__in=found)


def sampled(someone: Any) -> QuerySet[SampledMatch]:
    return SampledMatch.objects.filter(match__person__in=persons(someone))


def twins(someone: Any) -> QuerySet[LineTwin]:
    """Lines of theirs that resembled another one, in the file where both came."""
    return LineTwin.objects.of_records(Record.objects.filter(person__in=persons(someone)))


def adopted_by(someone: Any) -> QuerySet[MatchingModel]:
    return MatchingModel.objects.filter(adopted_by=str(someone) if isinstance(someone, get_user_model()) else None)


def searches(someone: Any) -> QuerySet[SavedSearch]:
    """Those that someone keeps, whether we know them by their account or as a person."""
    return SavedSearch.objects.filter(owner=account_of(someone))


def account_of(someone: Any) -> Any:
    """Number of the account; 0, which is nobody's, without one."""
    if isinstance(someone, Person):
        return someone.account_id or 0
    return someone.pk if isinstance(someone, get_user_model()) else 0


def signed_by(model: type[Model]) -> Callable[[Any], QuerySet[Any]]:
    """The rows that a user signed with their name."""
    return lambda someone: model._default_manager.filter(
        by_name=str(someone) if isinstance(someone, get_user_model()) else None
    )


def erase_whole(someone: Any) -> int:
    """Remove the person, their records and all that is made of them. Asked again, there is nothing left to do."""
    found = persons(someone).first()
    if found is None:
        return 0
    count = Record.objects.filter(person=found).count()
    erase(found, by=BY, reason=_now("Asked through the register of personal data."))
    return count


def held(
    model: str, label: Any, fields: str, rows_about: Callable[[Any], QuerySet[Any]], purpose: Any = FOLLOW
) -> Holding:
    """A table about persons, kept and erased with them."""
    return Holding(
        model=f"people.{model}", label=label, fields=tuple(fields.split()), purpose=purpose,
        legal_basis=LegalBasis.PUBLIC_TASK, retention=WITH_THE_PERSON, rows_about=rows_about, erase=erase_whole,
    )  # fmt: skip


def signed(model: str, label: Any, rows_about: Callable[[Any], QuerySet[Any]], *fields: str) -> Holding:
    """A decision about the whole base, with the name of who took it."""
    return Holding(
        model=f"people.{model}", label=label, fields=fields or ("by_name", "at"),
        purpose=_("Know who decided how files are read."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("As long as the base."), rows_about=rows_about,
        kept_because=_("It says why the base is what it is; only the name of a member of staff stands in it."),
    )  # fmt: skip


declare(
    held("person", _("persons"), "given family usage born sex died lost do_not_contact completeness heard", persons),
    held("study", _("studies"), "degree__label year unit__label level honours obtained", of_person(Study)),
    held(
        "position", _("positions"), "employer__label title city department country started ended", of_person(Position)
    ),
    held("contactpoint", _("contact points"), "kind value use confirmed refused", of_person(ContactPoint)),
    held(
        "directoryentry",
        _("directory"),
        "sort hidden_names year level mask heard",
        of_person(DirectoryEntry),
        _("Let graduates find each other, as far as each allows."),
    ),
    held(
        "record", _("records, as they came"), "source__name asserted raw facts said_by reason", of_person(Record), TRUE
    ),
    held("recordkey", _("marks of numbers and addresses"), "hash", keys, _("Recognise the same person in two files.")),
    held(
        "claim",
        _("claims of a record"),
        "way state email given family year degree born number reason asked_at",
        of_person(Claim),
        _("Let somebody find their own record again, and nobody else."),
    ),
    held("decision", _("decisions about records"), "reason by_name at undone_at", decisions, TRUE),
    held("merge", _("merges"), "reason by_name at undone_at", merges, TRUE),
    held("suspicion", _("possible duplicates"), "probability weights state judged_by judged_at", suspicions, ONE),
    held("judgement", _("answers about possible duplicates"), "answer by_name at undone_at", judgements, ONE),
    held(
        "import", _("archives brought by the person"), "received_at asserted_on state by_name rehearsal", imports, TRUE
    ),
    held("delivery", _("files, as they came"), "name size encoding header", files, TRUE),
    held(
        "quarantinedline",
        _("lines that could not be taken"),
        "line column value raw facts settled_by",
        waiting_lines,
        TRUE,
    ),
    Holding(
        model="people.savedsearch",
        label=_("saved searches"),
        fields=("name", "query", "kept_at"),
        purpose=_("Let people ask the directory the same question again."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Until they forget it, or their account is erased."),
        rows_about=searches,
        erase=lambda someone: searches(someone).delete()[0],
    ),
    held(
        "linematch",
        _("persons found for lines"),
        "probability weights band answer answered_by",
        of_person(LineMatch),
        KNOW,
    ),
    held(
        "linetwin",
        _("lines of a file that may be one person"),
        "probability weights band answer answered_by",
        twins,
        KNOW,
    ),
    held("matchingrefusal", _("lines that do not speak of them"), "hash by_name at", of_person(MatchingRefusal), KNOW),
    held("sampledmatch", _("pairs judged to know how often the machine is wrong"), "answer answered_by", sampled, KNOW),
    signed("matchingrule", _("thresholds of the matching"), signed_by(MatchingRule)),
    signed("matchingsample", _("samples of the matching"), signed_by(MatchingSample), "by_name", "drawn_at"),
    signed("matchingmodel", _("what the matching has learnt"), adopted_by, "adopted_by", "adopted_at", "reason"),
    signed("mapping", _("meaning of columns"), signed_by(Mapping)),
    signed("segment", _("segments"), signed_by(Segment), "by_name", "changed_at"),
    signed("segmentversion", _("versions of segments"), signed_by(SegmentVersion)),
    signed("export", _("full exports that were asked for"), signed_by(Export), "by_name", "asked_at"),
    signed("policyversion", _("versions of the policy"), signed_by(PolicyVersion)),
)
