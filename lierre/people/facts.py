"""What one record can say of a person: the vocabulary shared by importing, the fold, the policy and the pages.

A record's facts are a plain JSON object without blanks. Scalars are named in FIELDS; `studies`, `positions`, `contacts`
and `languages` are lists of objects whose keys are named here too. Dates are ISO 8601 and may be partial
("1991", "1991-05", "1991-05-17"): nothing is invented to complete them.
"""

from dataclasses import dataclass
from typing import Final, Literal, NotRequired, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Group = Literal["identity", "studies", "positions", "contacts", "profile", "states", "choices"]
Kind = Literal["text", "date", "flag", "sex", "list"]


class Study(TypedDict, total=False):
    """One programme followed. The degree and the year identify it within a person."""

    degree: str  # "Master Statistique et société"
    code: str  # the school's own code of the degree or stage
    level: str  # one of LEVELS
    discipline: str
    unit: str  # label of the faculty, school or department
    unit_code: str
    school: str  # only when it is another institution
    year: int  # year of the degree, or the last year of enrolment
    started: str
    ended: str
    honours: str
    obtained: bool


class Position(TypedDict, total=False):
    """One job. The employer and the title identify it within a person; without `ended` it is a current one."""

    employer: str
    siret: str
    title: str
    rome: str  # ROME code, "M1805"
    sector: str  # NAF section or label
    city: str
    department: str  # "29", "2A", "971"
    country: str  # ISO 3166-1 alpha-2
    started: str
    ended: str
    contract: str


class Contact(TypedDict):
    """A way to reach someone. Kind and value identify it within a person."""

    kind: Literal["email", "phone", "address"]
    value: str  # e-mail in lower case, phone as E.164 when it can be known, address on one line
    use: NotRequired[Literal["personal", "work"]]
    confirmed: NotRequired[bool]  # the source says that the address was proven; only then is an e-mail a strong key
    refused: NotRequired[bool]  # mail comes back
    city: NotRequired[str]
    postcode: NotRequired[str]
    department: NotRequired[str]
    country: NotRequired[str]


class Language(TypedDict, total=False):
    name: str
    level: str


class Facts(TypedDict, total=False):
    given: str
    given_others: str  # second and third given names, as written
    family: str  # name of birth
    usage: str  # name borne today, when it is not the name of birth
    former: str  # any other name once borne
    sex: Literal["f", "m", "x"]
    born: str
    birth_place: str
    birth_country: str
    nationality: str
    student_number: str
    ine: str  # national student number
    identifier: str  # the source's own identifier of the person, unique within that source
    headline: str
    summary: str
    linkedin: str
    website: str
    skills: list[str]
    languages: list[Language]
    certifications: list[str]
    died: str  # a date, or "yes"
    lost: bool
    do_not_contact: bool
    audience_name: list[str]  # audiences that the person lets see each family of values; [] is nobody
    audience_study: list[str]
    audience_position: list[str]
    audience_place: list[str]
    audience_contact: list[str]
    audience_birth: list[str]
    audience_email: list[str]  # these five follow their family until the person says otherwise
    audience_phone: list[str]
    audience_address: list[str]
    audience_link: list[str]
    audience_profile: list[str]
    studies: list[Study]
    positions: list[Position]
    contacts: list[Contact]


@dataclass(frozen=True, slots=True)
class Field:
    """One scalar that a person can have: its name in facts, its label, which rule of the policy decides it."""

    name: str
    label: str | Promise
    group: Group
    kind: Kind = "text"


FIELDS: Final[tuple[Field, ...]] = (
    Field("given", _("Given name"), "identity"),
    Field("given_others", _("Other given names"), "identity"),
    Field("family", _("Birth name"), "identity"),
    Field("usage", _("Usage name"), "profile"),
    Field("former", _("Former name"), "identity"),
    Field("sex", _("Civility"), "identity", "sex"),
    Field("born", _("Date of birth"), "identity", "date"),
    Field("birth_place", _("Place of birth"), "identity"),
    Field("birth_country", _("Country of birth"), "identity"),
    Field("nationality", _("Nationality"), "identity"),
    Field("student_number", _("Student number"), "identity"),
    Field("ine", _("National student number"), "identity"),
    Field("headline", _("Headline"), "profile"),
    Field("summary", _("Summary"), "profile"),
    Field("linkedin", _("LinkedIn profile"), "profile"),
    Field("website", _("Web site"), "profile"),
    Field("skills", _("Skills"), "profile", "list"),
    Field("languages", _("Languages"), "profile", "list"),
    Field("certifications", _("Certifications"), "profile", "list"),
    Field("died", _("Deceased"), "states", "date"),
    Field("lost", _("Lost from sight"), "states", "flag"),
    Field("do_not_contact", _("Do not contact"), "states", "flag"),
    Field("audience_name", _("Who sees the name"), "choices", "list"),
    Field("audience_study", _("Who sees the studies"), "choices", "list"),
    Field("audience_position", _("Who sees the positions"), "choices", "list"),
    Field("audience_place", _("Who sees the place"), "choices", "list"),
    Field("audience_contact", _("Who sees the contact points"), "choices", "list"),
    Field("audience_birth", _("Who sees the date of birth"), "choices", "list"),
    Field("audience_email", _("Who sees the e-mail addresses"), "choices", "list"),
    Field("audience_phone", _("Who sees the telephone numbers"), "choices", "list"),
    Field("audience_address", _("Who sees the postal address"), "choices", "list"),
    Field("audience_link", _("Who sees the LinkedIn profile and the web site"), "choices", "list"),
    Field("audience_profile", _("Who sees what they say in their own words"), "choices", "list"),
)
FIELD: Final = {field.name: field for field in FIELDS}

GROUPS: Final[dict[Group, str | Promise]] = {
    "identity": _("Identity"),
    "studies": _("Studies"),
    "positions": _("Positions"),
    "contacts": _("Contact points"),
    "profile": _("Profile"),
    "states": _("States"),
    "choices": _("Choices of the person"),
}

SOURCE_KINDS: Final[dict[str, str | Promise]] = {
    "member": _("The person"),
    "archive": _("The person's own LinkedIn archive, CV or portability right"),
    "staff": _("Staff"),
    "school": _("Information system"),
    "platform": _("Alumni platform"),
    "survey": _("Survey"),
    "third": _("Third party"),
}

AUDIENCES: Final[dict[str, str | Promise]] = {
    "class": _("My class"),
    "groups": _("My groups"),
    "graduates": _("Graduates"),
    "students": _("Students"),
    "recruiters": _("Verified recruiters"),
    "public": _("Everybody"),
}

LEVELS: Final[dict[str, str | Promise]] = {
    "dut": _("DUT, BTS, DEUST"),
    "licence": _("Licence"),
    "licence_pro": _("Licence professionnelle"),
    "but": _("BUT"),
    "master": _("Master"),
    "engineer": _("Engineering degree"),
    "doctorate": _("Doctorate"),
    "other": _("Other degree"),
}
