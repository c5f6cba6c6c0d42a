"""A whole house in small: one person of each role, and one of each thing that a page can be about.

Written by the product's own verbs and by its importer, so that every address leads to something true.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from demo.characters import CHARACTERS
from demo.exports import apogee
from lierre.accounts.models import Invitation, Role, Unit, User
from lierre.community.asking.preparing import Scope, prepare
from lierre.community.asking.weighing import weigh
from lierre.community.models import Ask, Capture, Ceremony, Group, Membership, Proposal
from lierre.foundation.abilities import may
from lierre.foundation.models import Duty, Work, Worker
from lierre.interchange.models import Dispatch, Token, Webhook
from lierre.interchange.permissions import HOLD_TOKENS
from lierre.interchange.scopes import open_to
from lierre.people import linking
from lierre.people.choosing import tell
from lierre.people.freshness.counting import count_freshness
from lierre.people.importing.receiving import receive
from lierre.people.merging import merge
from lierre.people.models import (
    Claim,
    Decision,
    Delegate,
    Delivery,
    ExitRehearsal,
    Export,
    Import,
    LineMatch,
    MatchingModel,
    MatchingRule,
    MatchingSample,
    Merge,
    Person,
    QuarantinedLine,
    Record,
    SampledMatch,
    SavedSearch,
    Segment,
    Source,
    Suspicion,
)
from lierre.people.saying import say, staff_source
from lierre.people.tests.witnesses import amelie
from lierre.privacy import defaults
from lierre.privacy.models import Agreement, Breach, Consent, Controller, Purpose, Request
from tests.correspondence import correspondence
from tests.fellowship import ceremony, proposal, together, welcome
from tests.passkey import credential
from tests.publications import Said, publications
from tests.speaking import speaking

PASSWORD = "ivy on the old wall"
# In the order of the table of access.
NAMES = {
    "communication": "Gwenaël Riou",
    "alumni_office": "Solenn Kerbrat",
    "hr": "Ronan Cloarec",
    "direction": "Hélène Morvan",
    "data_protection": "Maïwenn Tanguy",
    "it": "Malo Quéré",
    "recruiter_relations": "Klervi Madec",
    "ambassador": "Yann Le Goff",
    "graduate": "Amélie Hervé",
    "student": "Lena Cadiou",
    "recruiter": "Hugo Ferrand",
}
NOBODY_KNOWS = "Nom;Prénom;Lieu-dit\nTanguy;Gaëlle;Kerbihan\nQuéré;Nolwenn;Le Ster\n"


@dataclass
class Belongings:
    """What someone brought, asked or kept themselves: open to them, and to nobody of their kind."""

    person: Person
    imported: Import
    work: Work
    search: SavedSearch
    asked: Request
    token: Token | None = None
    key: Authenticator | None = None


@dataclass
class House:
    university: Unit
    school: Unit
    closed: Unit
    users: dict[str, User]
    everybody: User  # holds every role, as no real person does
    person: Person
    record: Record
    decision: Decision
    applied: Import
    rehearsed: Import
    received: Import
    line: QuarantinedLine
    to_decide: QuarantinedLine
    work: Work
    search: SavedSearch
    source: Source
    invitation: Invitation
    role: Role
    suspicion: Suspicion
    merge: Merge
    resembling: QuarantinedLine
    sampled: SampledMatch
    purpose: Purpose
    agreement: Agreement
    asked: Request
    breach: Breach
    ask: Ask
    webhook: Webhook
    dispatch: Dispatch
    token: Token
    segment: Segment
    export: Export
    claim: Claim
    recognised: Claim
    said: Said
    delegate: Delegate
    group: Group
    membership: Membership
    ceremony: Ceremony
    capture: Capture
    proposal: Proposal
    belongings: dict[int, Belongings] = field(default_factory=dict)


def build(*, second_factors: bool = True) -> House:
    """Everything, in a base that is empty. Without `second_factors`, the roles sign in with their password alone."""
    Worker.objects.arrive("the tests")
    Duty.objects.write_down()
    university = Unit.objects.create(
        code="UBN", name="Université de Bretagne-Nord", kind="institution", path="/UBN/"
    )  # fmt: skip
    school = Unit.objects.create(
        code="IUTM", name="IUT de Morlaix", kind="school", parent=university, path="/UBN/IUTM/"
    )
    closed = Unit.objects.create(
        code="LEM", name="Laboratoire de la mer", kind="laboratory", parent=university, path="/UBN/LEM/",
        closed_on=date(2024, 8, 31),
    )  # fmt: skip
    users = {kind: someone(name, kind, university) for kind, name in NAMES.items()}
    everybody = someone("Nolwenn Toutes-Portes", "alumni_office", university)
    for kind in NAMES.keys() - {"alumni_office"}:
        Role.objects.create(user=everybody, unit=university, kind=kind)
    solenn = users["alumni_office"]

    person = amelie()
    applied = apogee_file(solenn, broken=True)
    applied.ask_apply(by=solenn).run_now()
    applied.refresh_from_db()
    known = Record.objects.filter(person=person).order_by("pk")
    decision = linking.separate(known[1], by=solenn, reason="Une autre personne du même nom.")
    rehearsed = apogee_file(solenn, suffix="B")
    received = receive([("liste.csv", BytesIO(NOBODY_KNOWS.encode()))], by=solenn)
    to_decide = QuarantinedLine.objects.create(
        delivery=applied.deliveries.get(), line=99, code=QuarantinedLine.TO_DECIDE, raw='["Hervé", "Amélie"]',
        candidates=list(Person.objects.order_by("pk").values_list("pk", flat=True)[:2]),
    )  # fmt: skip
    house = House(
        university, school, closed, users, everybody, person, known[0], decision, applied, rehearsed, received,
        QuarantinedLine.objects.refused().filter(delivery__imported=applied).latest("pk"), to_decide,
        Work.objects.asked_by(solenn).latest("pk"),
        SavedSearch.objects.keep("Masters de 2014", "promotion=2014", by=solenn),
        Source.objects.get(name="Scolarité"),
        Invitation.invite("gurvan.salaun@courriel.example", "graduate", school, by=solenn),
        Role.objects.get(user=users["ambassador"]),
        suspected(),
        merged(solenn),
        *recognised(applied, known[0], solenn),
        *rights(person, users["data_protection"]),
        news(solenn),
        *machines(users["it"]),
        segments(solenn),
        packed(users["it"]),
        *claims(person),
        publications(users["communication"], users["direction"], university),
        Delegate.objects.create(account=everybody, degree="Master Statistique et société", year=2014, named_by=str(solenn)),
        *together(person, solenn),
        *ceremony(solenn),
        proposal(person),
    )  # fmt: skip
    for user in (*users.values(), everybody):
        house.belongings[user.pk] = belongings(user)
        if second_factors or user == everybody:
            house.belongings[user.pk].key = keys_of(user)
    speaking([users["ambassador"], everybody], users["communication"], university)
    correspondence(person, users["communication"], users["direction"])
    welcome(house)
    return house


def rights(person: Person, by: User) -> tuple[Purpose, Agreement, Request, Breach]:
    """Purposes, what flows between two controllers, what somebody asked and agreed to, what went wrong."""
    defaults.load(Controller.objects, Purpose.objects)
    purpose = Purpose.objects.get(key="dons")
    letter = Purpose.objects.get(key="lettre-association")
    agreement = Agreement(giver=purpose.controller, taker=letter.controller, fields=["given", "usage", "contacts"])
    agreement.sign([letter], by=by)
    Consent.write(person, "yes", purpose=letter, how="link", words="La lettre, chaque mois.", by="the tests")
    asked = Request.receive(
        "erasure", name="Amélie Hervé", email="amelie.herve@courriel.example", person=person, by="the tests"
    )  # fmt: skip
    breach = Breach()
    breach.keep(
        {"title": "Liste envoyée à un tiers", "nature": "confidentiality", "happened": "Erreur d’adresse."}, by=by
    )
    return purpose, agreement, asked, breach


def news(by: User) -> Ask:
    """What was counted of the base, and a question whose message has left."""
    count_freshness(date(2026, 11, 26))
    weigh(date(2026, 11, 26))
    campaign = prepare(Scope(), wanted=1, word="Le réseau fête ses vingt ans.", by=by)
    campaign.send(by=by)
    ask = campaign.asks.get()
    ask.leave(None)
    ask.arrive()
    return ask


def claims(person: Person) -> tuple[Claim, Claim]:
    """One that staff must judge, and one whose link has left."""
    pending = Claim.receive("number", email="a.h@ailleurs.example", by="the tests", given="Amélie", family="Hervé",
                            year=2014, born="1991-05-17", number="21004412")  # fmt: skip
    pending.hand_over()
    sent = Claim.receive("address", email="amelie.herve@courriel.example", by="the tests")
    sent.recognise(person, by="the tests")
    sent.leave()
    sent.arrive()
    return pending, sent


def segments(by: User) -> Segment:
    """One that another one asks."""
    asked = {"group": "all", "members": [{"on": "year", "how": "last", "values": ["20"]}]}
    segment = Segment.objects.keep("Vingt dernières promotions", asked, by=by)
    other = {"group": "none", "members": [{"on": "segment", "how": "in", "values": [str(segment.pk)]}]}
    Segment.objects.keep("Les autres", other, by=by, purpose="Une lettre aux anciens")
    return segment


def packed(by: User) -> Export:
    """Everything, in a file that is there; and an exit that was rehearsed twice."""
    asked = Export.objects.ask("Archive de l’année", by=by)
    Work.objects.get(pk=asked.work_id).run_now()
    asked.refresh_from_db()
    report = {"persons": 12, "rows": 90, "files": 2, "lost": 0, "added": 0, "by_table": {}, "examples": []}
    ExitRehearsal.objects.create().end(report, size=1, by="the tests")
    changed = {"table": "people.person", "key": [7], "lost": 1, "added": 1, "columns": ["family"]}
    differing = report | {"lost": 1, "added": 1, "by_table": {"people.person": 2}, "examples": [changed]}
    ExitRehearsal.objects.create().end(differing, size=1, by="the tests")
    return asked


def machines(by: User) -> tuple[Webhook, Dispatch, Token]:
    """One that is told what happens, what it was told, one that was let in."""
    webhook, _secret = Webhook.make("Orbis", "https://orbis.example/lierre", ["person.changed"], by=by)
    token, _text = Token.make("Orbis", ["accounts:read"], by=by)
    return webhook, Dispatch.try_out(webhook, by=by), token


def someone(name: str, kind: str, unit: Unit) -> User:
    address = name.lower().translate(str.maketrans("éèïëæ ", "eeiea.")) + "@ubn.example"
    user: User = User.objects.create(email=address, password=hashed_once(), name=name)
    Role.objects.create(user=user, unit=unit, kind=kind)
    return user


@cache
def hashed_once() -> str:
    return make_password(PASSWORD)


def apogee_file(by: User, *, broken: bool = False, suffix: str = "") -> Import:
    """An extract of the school system about the characters, rehearsed. `broken`: a day that no calendar has."""
    lines = [line for person in CHARACTERS for line in apogee.lines_of(person)]
    if suffix:
        lines = [line.replace("Rue", "Quai").replace("rue", f"quai {suffix}") for line in lines]
    if broken:
        cells = lines[-1].split(";")
        cells[9] = "31/02/1994"
        lines.append(";".join(cells))
    content = "\r\n".join([apogee.HEADER, *lines, ""]).encode(apogee.ENCODING)
    source = Source.objects.get(name="Scolarité")
    imported = receive(
        [(f"IND_{suffix or 'A'}.csv", BytesIO(content))], by=by, source=source, asserted_on=date(2026, 10, 15)
    )
    imported.ask_rehearsal(by=by).run_now()
    imported.refresh_from_db()
    return imported


def belongings(user: User) -> Belongings:
    """Their own record, the archive they brought, the work they asked for, the search they keep."""
    given, _, family = user.name.partition(" ")
    facts = {"given": given, "family": family, "positions": [{"employer": "Armor Énergies", "title": "Archiviste"}]}
    person = say(facts, source=staff_source(), by="the tests").person
    assert person is not None
    person.account = user
    person.save(update_fields=["account"])
    tell(person, {"headline": "Archiviste"}, by=user)
    imported = Import.objects.create(
        source=Source.objects.get_or_create(name="Archive", defaults={"kind": "archive", "siglum": "L"})[0],
        state="rehearsed", by_name=user.name, member_id=person.pk, rehearsal=EMPTY,
    )  # fmt: skip
    Delivery.objects.create(imported=imported, name="archive.zip", file="01", sha256="", size=1, dialect="linkedin")
    work = Work.ask("people.rehearse", by=user, title="archive.zip", on=imported, import_id=imported.pk)
    work.cancel(by=user)
    search = SavedSearch.objects.keep("Ma promotion", "promotion=2014", by=user)
    asked = Request.receive("access", name=user.name, email=user.email, person=person, by="the tests")
    asked.give_to(user, by="the tests")
    token = None
    if may(user, HOLD_TOKENS) and (scopes := [scope.name for scope in open_to(user)]):
        token, _text = Token.make(f"la machine de {given} {family}", scopes, by=user)
    return Belongings(person, imported, work, search, asked, token)


def keys_of(user: User) -> Authenticator:
    """An application, recovery codes and a passkey; the passkey is given back."""
    for kind, held in closed_keys().items():
        Authenticator.objects.create(user=user, type=kind, data=held)
    passkey = {"name": "Clé du bureau", "passwordless": True, "credential": credential()}
    return Authenticator.objects.create(user=user, type="webauthn", data=passkey)


@cache
def closed_keys() -> dict[str, Any]:
    """Encrypted once for everybody: it is slow, as it must be."""
    adapter = get_adapter()
    return {
        "totp": {"secret": adapter.encrypt("JBSWY3DPEHPK3PXP")},
        "recovery_codes": {"seed": adapter.encrypt("a seed of the tests"), "used_mask": 0},
    }


def suspected() -> Suspicion:
    """Two persons of one name, of whom a third one is suspected too."""
    facts = {"given": "Gaëlle", "family": "Tanguy", "born": "1988-02-29"}
    low, high, third = (say(facts, source=staff_source(), by="the tests").person for _each in range(3))
    weights = [["chance", -9.0], ["family", 8.0], ["given", 6.0], ["born", 13.8], ["place", -1.0]]
    of_pair = {"probability": 0.97, "weights": weights, "rule": "the tests"}
    Suspicion.objects.create(low=low, high=third, worth=0.4, **of_pair)
    return Suspicion.objects.create(low=low, high=high, worth=0.5, **of_pair)


def recognised(applied: Import, record: Record, by: User) -> tuple[QuarantinedLine, SampledMatch]:
    """A line that resembles somebody and is asked about; another, linked alone and drawn to be judged; thresholds."""
    model = MatchingModel.objects.create(parameters={}, rarities=b"", persons=12, adopted_at=timezone.now())
    rule = MatchingRule.adopt(0.98, 0.1, by=by, reason="Après la mesure de novembre.")
    line = Record.objects.filter(delivery__imported=applied).latest("pk")
    weights = [["start", "", -12.0], ["family", "exact", 11.0], ["given", "exact", 7.0], ["email", "different", -2.5]]
    found = {"model": model, "rule": rule, "weights": weights, "person": record.person}
    asked = QuarantinedLine.objects.create(
        delivery=applied.deliveries.get(), line=98, code=QuarantinedLine.RESEMBLES, raw='["Hervé", "Amélie"]',
        facts='{"family":"Hervé","given":"Amélie","born":"1991-05-17"}', candidates=[record.person_id],
    )  # fmt: skip
    LineMatch.objects.create(delivery=asked.delivery, line=98, rank=1, probability=0.6, band="ask", **found)
    match = LineMatch.objects.create(
        delivery=line.delivery, line=line.line, rank=1, probability=0.97, band="link", **found
    )  # fmt: skip
    sample = MatchingSample.objects.create(strata=[[0.01, 0], [0.5, 1], [0.95, 1]], by_name=str(by))
    return asked, SampledMatch.objects.create(sample=sample, match=match, stratum=2, place=1)


def merged(by: User) -> Merge:
    one, other = (
        say({"given": "Nolwenn", "family": family}, source=staff_source(), by="the tests").person
        for family in ("Quéré", "Quere")
    )
    assert one is not None
    assert other is not None
    done = merge(other, one, by=by, reason="Le même nom.")
    say({"headline": "Archiviste"}, source=staff_source(), by="the tests", person=one)
    return done


EMPTY: dict[str, Any] = {
    "lines": 1, "persons": {}, "values": {}, "samples": {}, "doubts": [], "doubt_samples": [], "seconds": 0.1,
    "counts": {"new": 0, "enriched": 1, "confirmed": 0, "unchanged": 0, "to_decide": 0, "rejected": 0},
}  # fmt: skip
