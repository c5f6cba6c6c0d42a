"""Hivebrite, a platform of networks: its users as the API gives them, bare or in an envelope, read as a stream."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import ijson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.faults import Fault
from lierre.people.fold.text import folded
from lierre.people.importing.dialects.aliases import MEANT
from lierre.people.importing.dialects.closing import names_nobody
from lierre.people.importing.dialects.json_shape import shape_of
from lierre.people.importing.dialects.saying import Telling, line_of
from lierre.people.importing.reading import document_bytes
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document
from lierre.people.importing.values import Misread
from lierre.people.importing.values.codes import FEMALE, MALE
from lierre.people.importing.values.contacts import email_of

SIGNATURE: Final = frozenset({"id", "firstname", "lastname", "email"})
ITS_OWN: Final = frozenset(
    {"sub_network_ids", "primary_email_choice", "sso_identifier", "maidenname", "custom_attributes"}
)
FIELDS: Final = {
    "id": "identifier", "external_id": "student_number", "firstname": "given", "gender": "sex", "birthday": "born",
    "birthplace": "birth_place", "headline": "headline", "summary": "summary", "email": "contacts.email",
    "email2": "contacts.email", "email3": "contacts.email", "mobile_perso": "contacts.phone_personal",
    "landline_perso": "contacts.phone_personal", "mobile_pro": "contacts.phone_work",
    "landline_pro": "contacts.phone_work", "linkedin_profile_url": "linkedin", "website": "website",
    "deceased_at": "died_on", "updated_at": "asserted_on",
}  # fmt: skip
ADDRESS: Final = {
    "address_1": "contacts.address", "address_2": "contacts.address", "address": "contacts.address",
    "postal_code": "contacts.postcode", "city": "contacts.city", "country": "contacts.country",
    "country_code": "contacts.country",
}  # fmt: skip


class Hivebrite:
    """A line is the rank of a user in the list."""

    name = "hivebrite"
    label: str | Promise = _("Hivebrite, users")
    source_kind = "platform"
    order = 10

    def recognises(self, document: Document) -> float:
        if document.kind != "json":
            return 0.0
        keys = shape_of(document).keys
        return float(keys >= SIGNATURE and len(keys & ITS_OWN) >= 2)

    def statements(self, document: Document) -> Iterator[Statement | Fault]:
        prefix = shape_of(document).items
        with document_bytes(document) as stream:
            for number, user in enumerate(ijson.items(stream, prefix, use_float=True), 1):
                yield understood(user, number) if isinstance(user, dict) else Fault("no_name", number)

    def left_aside(self, document: Document) -> list[str]:  # noqa: ARG002 - everything in it is a user
        return []


def understood(user: Mapping[str, Any], number: int) -> Statement | Fault:
    said = Telling(number)
    for field, target in FIELDS.items():
        if not isinstance(user.get(field), dict | list | bool):
            said.put(target, user.get(field), field)
    if "sex" not in said.facts and folded(line_of(user.get("prefix_name"))) in FEMALE | MALE:
        said.put("sex", line_of(user.get("prefix_name")), "prefix_name")
    maiden, last = line_of(user.get("maidenname")), line_of(user.get("lastname"))
    said.put("family", maiden or last, "lastname")
    if maiden:
        said.put("usage", last, "lastname")
    if user.get("deceased") is True:
        said.facts.setdefault("died", "yes")
    if user.get("do_not_contact") is True:
        said.facts["do_not_contact"] = True
    tell_rest(said, user)
    tell_proven(said, user)
    asserted = said.facts.pop("asserted_on", "")
    facts = said.close()
    if names_nobody(dict(facts)):
        return Fault("no_name", number)
    return Statement(number, dict(user), facts, asserted, tuple(said.doubts))


def tell_rest(said: Telling, user: Mapping[str, Any]) -> None:
    """Nationality, the postal address, and what each network asks besides: degree and class, nearly always."""
    countries = user.get("citizenship_country_codes")
    if isinstance(countries, list) and countries:
        said.put("nationality", line_of(countries[0]), "citizenship_country_codes")
    address = user.get("postal_personal")
    if isinstance(address, dict):
        for field, target in ADDRESS.items():
            said.put(target, line_of(address.get(field)), f"postal_personal.{field}")
    attributes = user.get("custom_attributes")
    for attribute in attributes if isinstance(attributes, list) else ():
        if isinstance(attribute, dict):
            name = line_of(attribute.get("name"))
            target = MEANT.get(fold_header(name), "")
            if target.startswith(("studies.", "positions.")):
                said.put(target, line_of(attribute.get("value")), name)


def tell_proven(said: Telling, user: Mapping[str, Any]) -> None:
    """The main address of an account that was confirmed has been proven."""
    choice = user.get("primary_email_choice") or "email"
    if not user.get("confirmed_at") or choice not in {"email", "email2", "email3"}:
        return
    try:
        proven = email_of(line_of(user.get(choice)))
    except Misread:
        return  # blank, or already among the doubts
    for contact in said.facts.get("contacts", ()):
        if (contact["kind"], contact["value"]) == ("email", proven):
            contact["confirmed"] = True


ALL: Final = (Hivebrite(),)
