"""
Nothing that somebody hides shows anywhere, nor moves anything: whatever the page, whoever looks, whatever they type.

For each family of values and each kind of viewer, a person is planted who hides that family from them, with words that
stand nowhere else. Every address that the viewer may open is asked, with these words searched, chosen, sorted by, and
half typed. Then the same is asked of the same base where those values were never said. The answers must be the same.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from lierre.accounts import activity
from lierre.accounts.models import User
from lierre.community.models import Group, Membership
from lierre.foundation.models import Worker
from lierre.people.directory import snapshot
from lierre.people.directory.facets import FACETS
from lierre.people.directory.listing import COLUMNS
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import FAMILIES, FINER
from lierre.people.models import Person, Source
from lierre.people.saying import say
from tests.access import session_of
from tests.addresses import Address, addresses
from tests.house import House, someone

pytestmark = pytest.mark.django_db
PUBLIC_ID = "zzzzzzzzzzzz"
GROUP = "Les juristes de Brest"
YEAR = 1987  # nobody else's class
# What everybody sees of the person who is planted.
SHOWN: dict[str, Any] = {
    "given": "Rozenn", "usage": "Le Bihan", "studies": [{"degree": "Licence de breton", "year": YEAR, "obtained": True}],
    "positions": [{"title": "Archiviste", "employer": "Armor Énergies"}],
}  # fmt: skip


@dataclass(frozen=True)
class Hidden:
    """`says`: what is said on top of, or in the place of, what is shown. `words`: those that may not be met."""

    says: Mapping[str, Any]
    words: tuple[str, ...]
    without: Mapping[str, Any] = field(default_factory=dict)  # the same person, had they never said it
    choices: tuple[tuple[str, str], ...] = ()  # parameter of a facet → the hidden value, as an address spells it


def position(**more: str) -> list[dict[str, str]]:
    return [{**SHOWN["positions"][0], **more}]


HIDDEN: dict[str, Hidden] = {
    "study": Hidden(
        {"studies": [{"degree": "Zqdiplome", "discipline": "Zqdiscipline", "unit": "Zqfaculte", "level": "doctorate",
                      "honours": "Zqmention", "year": YEAR}]},
        ("zqdiplome", "zqdiscipline", "zqfaculte", "zqmention"),
        {"studies": [{"year": YEAR}]},
        (("promotion", str(YEAR)), ("promotion", "1980-1989"), ("niveau", "doctorate"), ("diplome", "Zqdiplome"),
         ("discipline", "Zqdiscipline"), ("composante", "Zqfaculte")),
    ),
    "position": Hidden(
        {"positions": [{"title": "Zqtitre", "employer": "Zqemployeur", "rome": "M1805", "sector": "D", "city": "Brest",
                        "department": "29", "country": "FR"}]},
        ("zqtitre", "zqemployeur"),
        {"positions": [{"department": "29", "country": "FR"}]},
        (("employeur", "Zqemployeur"), ("metier", "M1805"), ("secteur", "D")),
    ),
    "place": Hidden(
        {"positions": position(city="Zqville", department="974", country="FR")},
        ("zqville",),
        choices=(("departement", "974"), ("pays", "FR")),
    ),
    "contact": Hidden(
        {"contacts": [{"kind": "email", "value": "zqcourriel@courriel.example", "confirmed": True},
                      {"kind": "phone", "value": "+33698765432"},
                      {"kind": "address", "value": "7 Zqrue, Morlaix", "city": "Zqbourg"}],
         "linkedin": "https://www.linkedin.com/in/zqprofil", "website": "https://zqsite.example"},
        ("zqcourriel", "98765432", "zqrue", "zqbourg", "zqprofil", "zqsite"),
    ),
    "email": Hidden(
        {"contacts": [{"kind": "email", "value": "zqadresse@courriel.example", "refused": True}]}, ("zqadresse",)
    ),
    "phone": Hidden({"contacts": [{"kind": "phone", "value": "+33611223399"}]}, ("11223399",)),
    "address": Hidden({"contacts": [{"kind": "address", "value": "9 Zqquai, Morlaix"}]}, ("zqquai",)),
    "link": Hidden({"linkedin": "https://www.linkedin.com/in/zqlien", "website": "https://zqtoile.example"},
                   ("zqlien", "zqtoile")),
    "profile": Hidden(
        {"headline": "Zqaccroche", "summary": "Zqresume", "skills": ["Zqtalent"], "languages": [{"name": "Zqlangue"}],
         "certifications": ["Zqcertificat"]},
        ("zqaccroche", "zqresume", "zqtalent", "zqlangue", "zqcertificat"),
    ),
    "birth": Hidden(
        {"born": "1901-03-07", "birth_place": "Zqnaissance", "birth_country": "IS", "nationality": "IS"},
        ("zqnaissance", "1901"),
    ),
    # What no choice opens: staff and the person alone.
    "": Hidden(
        {"family": "Zqjeunefille", "former": "Zqancien", "given_others": "Zqsecond", "student_number": "Z9876543",
         "ine": "9876543210Z", "sex": "f", "lost": True, "do_not_contact": True},
        ("zqjeunefille", "zqancien", "zqsecond", "z9876543", "9876543210z"),
        {"family": SHOWN["usage"]},
    ),
    "name": Hidden(
        {"given": "Zqprenom", "usage": "Zqnomvu", "family": "Zqnom", "studies": [{"degree": "Zqcache", "year": YEAR}],
         "positions": [{"title": "Zqmetier", "employer": "Zqpatron", "city": "Zqpays", "department": "974"}]},
        ("zqprenom", "zqnom", "zqcache", "zqmetier", "zqpatron", "zqpays"),
        choices=(("promotion", str(YEAR)), ("diplome", "Zqcache"), ("employeur", "Zqpatron"), ("departement", "974")),
    ),
}  # fmt: skip
VIEWERS = (
    "classmate", "companion", "stranger", "graduate", "student", "recruiter", "hr", "recruiter_relations", "ambassador", "it",
    "anonymous",
)  # fmt: skip
# Others see as one of these does: they are tried with everything hidden at once, and with the name hidden.
LOOK_CLOSELY = {"classmate", "companion", "stranger", "graduate", "student", "recruiter"}
# On PostgreSQL those whose questions say most to the base: by class, by group, from outside. What is hidden is hidden in memory.
ON_BOTH = {"classmate", "companion", "recruiter"}
ONE_ENGINE = pytest.mark.one_engine("who may see is reckoned in memory, from the same rows")
# Pages that draw a secret of their own each time, or say when each was last seen.
DRAWN = {
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate_webauthn",
    "accounts:users", "accounts:export_users", "publishing:keys_for_bluesky",
}  # fmt: skip
# The journal of the institution tells the IT department what was done, to a number: never to whom.
# To their class, of those whose name and studies they see, it is told whom the school cannot reach, and never why.
TELLS_ACTS = {
    "it": {"site:home", "foundation:journal", "foundation:export_journal"},
    "classmate": {"community:lost", "community:propose_way"},
}
# Where something is looked for; other pages are asked once with the words, in case they listen.
SEARCHES = {"people:directory", "people:directory_facet", "people:suggestions", "people:export_directory", "site:go"}
# What changes by itself from one moment to the next: the marks of forms, of signed links, the age of the worker, the hour.
TOKEN = re.compile(
    rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ?"|"taken_at": ")[^"]+'
    rb'|(?<=<time datetime=")[^"]+(?=">(?:now|\d+(?:\xc2\xa0| |&nbsp;)(?:second|minute|hour)s? ago)<)'
    rb'|(?<=href="/preferences/)[^"]+|(?<=^Date: )[^\r\n]+'
    rb'|(?<=seconds_ago": )\d+|(?<=state=)[^"&]+|\d+(:\d\d)? [ap]\.m\.'
    rb"|\d+(\xc2\xa0| |&nbsp;)(second|minute|hour)s?( ago)?|(?<=came )now\b",
    re.MULTILINE,
)
# A workbook writes an hour as the share of a day that is over: any digits may come.
HOUR = re.compile(rb"(?<=\d)\.\d+(?=</v>)")
DENIED = {401, 403, 404, 405}


@pytest.fixture(autouse=True)
def sessions_are_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity, "A_WHILE", 86_400.0)


def account(house: House, kind: str) -> User | None:
    """
    Whoever looks: a classmate has graduated the same year as the one who hides, with the same degree; a companion is in
    the same group; a stranger is in another one.
    """
    if kind not in {"classmate", "companion", "stranger"}:
        return house.users.get(kind)
    user = someone("Goulven Quiniou", "graduate", house.university)
    years = {"classmate": YEAR}
    study = {"degree": "Licence de breton", "year": years.get(kind, YEAR - 20), "obtained": True}
    mate = say(
        {"given": "Goulven", "studies": [study]}, source=Source.objects.get(name="Scolarité"), by="the tests"
    ).person
    Person.objects.filter(pk=mate.pk).update(account=user)
    if kind != "classmate":
        group = house.group if kind == "companion" else Group.make("Voile de Morlaix", "association", by="the tests")
        Membership.ask(group, mate, by="the tests").enter(by="the tests")
    return user


def belongs_to(user: User | None) -> set[str]:
    """Towards the one who hides, who is in the group of the house."""
    if user is None:
        return {"public"}
    together = Membership.objects.within().filter(group__name=GROUP, person__account=user).exists()
    return set(Viewer.of(user).audiences_towards(YEAR, together=together))


@contextmanager
def planted(facts: Mapping[str, Any] | None) -> Iterator[None]:
    """A base with this person, or without anybody, and then as it was."""
    with transaction.atomic():
        if facts is not None:
            person = say(facts, source=Source.objects.get(name="Scolarité"), by="the tests").person
            Person.objects.filter(pk=person.pk).update(public_id=PUBLIC_ID)
            Membership.ask(Group.objects.get(name=GROUP), person, by="the tests").enter(by="the tests")
        snapshot.forget()
        yield
        transaction.set_rollback(True)
    snapshot.forget()


def facts_of(families: tuple[str, ...], belongs: set[str], *, said: bool) -> dict[str, Any] | None:
    """Everything is shown to all, but for these families, which are shown to all but this viewer."""
    if "name" in families and not said:
        return None
    facts = dict(SHOWN)
    for family in families:
        facts |= HIDDEN[family].says if said else HIDDEN[family].without
    contacts = [each for family in families if said for each in HIDDEN[family].says.get("contacts", ())]
    facts |= {"contacts": contacts} if contacts else {}
    others = [audience for audience in AUDIENCES if audience not in belongs]
    hidden = {*families} | {finer for finer, whole in FINER.items() if whole in families}
    shown = {family: others if family in hidden else list(AUDIENCES) for family in (*FAMILIES, *FINER)}
    return facts | {f"audience_{family}": audiences for family, audiences in shown.items()}


class Looking:
    """One viewer, and what they may ask."""

    def __init__(self, house: House, user: User | None, acts: set[str] | None = None) -> None:
        self.house, self.user = house, user
        named = (address for address in addresses() if address.name in (acts or ()))
        self.acts = {path for address in named for path in address.examples(house)}
        self.session = session_of(user) if user else ""
        # What is answered in the base where the one who hides does not exist.
        self.without: dict[str, tuple[int, str, bytes]] = {}
        # One for all that is asked: each would otherwise load every layer again, and note anew when the session was last seen.
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.browser().get(reverse("site:home"))

    def browser(self) -> Client:
        client = Client(raise_request_exception=False)
        client.handler = self.handler
        if self.session:
            client.cookies["sessionid"] = self.session
        return client

    def ask(self, path: str) -> tuple[int, str, bytes]:
        cache.clear()
        Worker.objects.update(seen_at=timezone.now())  # on a slow machine, it would be taken for dead on the way
        with transaction.atomic():
            answer = self.browser().get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer.status_code, answer.headers.get("Location", ""), timeless(body)

    def ask_without(self, path: str) -> tuple[int, str, bytes]:
        if path not in self.without:
            self.without[path] = self.ask(path)
        return self.without[path]

    def walk(self) -> Iterator[tuple[Address, str]]:
        """Every address, as the tests of access know them, and those of the person who is planted."""
        for address in (each for each in addresses() if each.name not in DRAWN):
            for path in address.examples(self.house):
                yield address, path
            if address.takes[:1] == ("public_id",) and len(address.takes) == 1:
                yield address, reverse(address.name, args=[PUBLIC_ID])

    def everything(self, families: tuple[str, ...]) -> list[str]:
        """Every path; the words of what is hidden are typed wherever the page opens."""
        paths = []
        for address, path in self.walk():
            closed = self.ask_without(path)[0] in DENIED
            if not closed or PUBLIC_ID in path or "name" not in families:
                paths.append(path)
            if not closed and address.name not in SEARCHES and "name" not in families:
                typed = words_of(families)[0]
                paths.append(f"{path}?{urlencode({'q': typed, 'recherche': typed, 'dans': typed, 'tri': 'nom'})}")
        return [*paths, *self.searches(families)]

    def searches(self, families: tuple[str, ...]) -> list[str]:
        """The ways to look for what is hidden: whole words, halves, with a slip, chosen, counted, sorted, as a file."""
        directory, page = reverse("people:directory"), reverse("people:person", args=[PUBLIC_ID])
        words, every = words_of(families), [column.name for column in COLUMNS]
        asked: list[dict[str, Any]] = [{"q": word} for word in words]
        asked += [{"q": words[0][:5]}, {"q": f"{words[0][:-2]}{words[0][-1]}"}, {"q": f"rozenn {words[0]}"}]
        asked += [{"colonne": every, "vue": "tableau"}, {"q": "rozenn", "tri": "promotion"}]
        choices = [choice for family in families for choice in HIDDEN[family].choices]
        paths = [f"{reverse(name)}?{urlencode({'q': words[0][:5]})}" for name in ("people:suggestions", "site:go")]
        if choices or "" in families:  # only what a list is made of can be counted, drawn on a map or taken away
            asked += [{}, *({parameter: value} for parameter, value in choices), {"q": "rozenn", "tri": "fraicheur"}]
            asked += [{"vue": "carte"}, {"apres": PUBLIC_ID}, {"avant": PUBLIC_ID}, {"q": "rozenn", "vue": "vignettes"}]
            paths += [reverse("people:directory_facet", args=[facet.parameter]) for facet in FACETS]
            file = urlencode({"q": "rozenn", "colonne": every}, doseq=True)
            paths.append(f"{reverse('people:export_directory', args=['csv'])}?{file}")
        paths += [f"{directory}?{urlencode(each, doseq=True)}" for each in asked]
        return [*paths, page, *(f"{page}?comme={looker}" for looker in ("recruiters", "class"))]


def timeless(body: bytes) -> bytes:
    """Without what changes by itself; a workbook as what it holds, but the moment it was written, and the hours it tells."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            whole = b"\n".join(held.read(name) for name in sorted(held.namelist()) if name != "docProps/core.xml")
        return HOUR.sub(b"", whole)
    return TOKEN.sub(b"", body)


def words_of(families: tuple[str, ...]) -> list[str]:
    return [word for family in families for word in HIDDEN[family].words]


def leaks(looking: Looking, families: tuple[str, ...], paths: list[str]) -> list[str]:
    """Sentences: where a hidden word is met, and where its being said changes the answer."""
    belongs = belongs_to(looking.user)
    with planted(facts_of(families, belongs, said=True)):
        said = {path: looking.ask(path) for path in paths}
    unsaid_facts = facts_of(families, belongs, said=False)
    with planted(unsaid_facts):
        unsaid = {path: (looking.ask_without if unsaid_facts is None else looking.ask)(path) for path in paths}
    told = []
    for path in paths:
        body = said[path][2].decode("utf-8", "replace").lower()
        if "?" not in path:
            told += [f"{path} says {word}" for word in words_of(families) if word in body]
        if said[path] != unsaid[path] and path.partition("?")[0] not in looking.acts:
            told.append(f"{path} answers otherwise: {first_difference(said[path], unsaid[path])}")
    return told


def first_difference(one: tuple[int, str, bytes], other: tuple[int, str, bytes]) -> str:
    if one[:2] != other[:2]:
        return f"{one[:2]} and {other[:2]}"
    texts = [each[2].decode("utf-8", "replace").splitlines() for each in (one, other)]
    pairs = zip(*texts, strict=False)
    return next(
        (f"{mine.strip()[:160]!r} and {theirs.strip()[:160]!r}" for mine, theirs in pairs if mine != theirs), "length"
    )


@pytest.mark.parametrize(
    "kind", [each if each in ON_BOTH else pytest.param(each, marks=ONE_ENGINE) for each in VIEWERS]
)
def test_what_is_hidden_is_nowhere_and_moves_nothing(house, kind):
    looking = Looking(house, account(house, kind), TELLS_ACTS.get(kind))
    whole = tuple(family for family in HIDDEN if family not in {"name", "position"})
    found: dict[str, list[str]] = {
        "all at once": leaks(looking, whole, looking.everything(whole)),
        "name": leaks(looking, ("name",), looking.everything(("name",))),
    }
    if kind in LOOK_CLOSELY:
        for family in (each for each in HIDDEN if each != "name"):
            found[family] = leaks(looking, (family,), looking.searches((family,)))

    assert {family: told for family, told in found.items() if told} == {}


def test_the_attack_finds_what_is_shown(house):
    """Were it blind, it would find nothing either: what is hidden from nobody, it meets in words and in counts."""
    looking = Looking(house, house.users["graduate"])
    families = tuple(family for family in HIDDEN if family not in {"", "name"})
    facts = facts_of(families, set(), said=True)
    with planted(facts):
        bodies = {path: looking.ask(path)[2].decode().lower() for path in looking.searches(families)}
    met = {
        family for family in families for body in bodies.values() if any(word in body for word in HIDDEN[family].words)
    }

    assert met == {*families}


def test_the_attack_finds_what_staff_alone_sees(house):
    looking = Looking(house, house.users["alumni_office"])
    for family in HIDDEN:
        path = reverse("people:person", args=[PUBLIC_ID])
        with planted(facts_of((family,), set(AUDIENCES), said=True)):
            body = looking.ask(path)[2].decode().lower()
        met = [word for word in HIDDEN[family].words if word in body]
        assert len(met) * 2 >= len(HIDDEN[family].words), (family, met)
