"""Domains depend downwards, in the base as in the code, and each answers for the personal data it holds."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from lierre.foundation.personal_data import register, undeclared

# From the lowest. Tables of Django and of allauth lie beneath, or belong to accounts: they name its users.
LEVELS = {
    "contenttypes": 0,
    "auth": 0,
    "sessions": 0,
    "foundation": 1,
    "accounts": 2,
    "connectors": 3,
    "people": 4,
    "privacy": 5,
    "community": 6,
    "publishing": 6,
    "interchange": 7,
    "site": 8,
}
OF_ACCOUNTS = {"account", "mfa", "usersessions"}
# Tables where nobody can be found, and why.
NOBODY = {
    "publishing.hearing": "how far an account of the institution was listened to",
    "accounts.unit": "a part of the institution",
    "account.emailconfirmation": "a key that leads to an address, which is declared; not used, links are signed",
    "auth.permission": "not used: abilities are declared in the code",
    "auth.group": "not used: roles are held in units",
    "auth.group_permissions": "not used",
    "contenttypes.contenttype": "names of tables",
    "sessions.session": "signed numbers; open sessions are declared as usersessions.usersession",
    "publishing.clientkey": "keys of the instance itself",
    "publishing.keyalert": "when keys of an account were told to end, and to how many persons",
    "foundation.duty": "what the house does by itself",
    "foundation.worker": "processes",
    "people.duplicatesearch": "when the base was looked through, and how many pairs were found",
    "privacy.controller": "institutions",
    "privacy.erasingsknown": "how far of the list of erasings this base knows: a number",
    "privacy.purpose": "why data is used, by which institution",
    "privacy.agreement": "what two institutions share; signed by them, not by a person",
    "privacy.agreement_purposes": "the purposes of an agreement",
    "privacy.budget": "one number",
    "privacy.clock": "whether letters leave by themselves",
    "privacy.breach": "what happened to data; whoever it happened to is counted, not named",
    "people.freshnesscount": "numbers of persons",
    "community.ceremonyday": "how many opened a page on a day, and nobody in them",
    "community.silence": "marks made with the key of the house: they lead to nobody",
    "community.reckoning": "how many pairs of testimonies agree, by the time between them",
    "publishing.variant": "what a post says on one account; who wrote it stands on the post",
    "publishing.delivery": "what left for a network, and the proof; who wrote it stands on the post",
    "publishing.attachment": "what a post shows; who is shown is declared as publishing.likeness",
    "publishing.filmcopy": "how films are made to fit networks; who is shown is declared as publishing.likeness",
    "publishing.attempt": "calls to networks",
    "publishing.link": "codes and the addresses they lead to; who made one by hand stands in the journal",
    "publishing.click": "how often a link was opened on a day, and nobody in it",
    "publishing.linktemplate": "what is added to addresses",
    "publishing.measurement": "numbers that networks tell; who typed one stands in the journal",
    "publishing.watch": "when figures are asked next",
    "publishing.rule": "what the charter asks of texts; who wrote it stands on its versions",
    "publishing.unitseverity": "how serious a rule is in a unit",
    "publishing.reminder": "when those who approve a post were reminded, and nobody in it",
    "publishing.material_visuals": "the images of a topic; who is shown is declared as publishing.likeness",
    "publishing.slot": "hours of the week at which an account speaks",
    "publishing.place": "the order of posts in a queue",
    "publishing.occurrence": "the days of a series; who answers for it stands on the series",
    "publishing.series_accounts": "the accounts of a series",
    "publishing.mailingrules": "how much is sent in a week, an hour, a minute; who decided it stands in the journal",
    "publishing.landmark": "days of the calendar; who wrote one stands in the journal",
    "interchange.webhook": "machines that are told what happens",
    "people.source": "who speaks: a system, an office, never a person by name",
    "people.term": "words of the vocabulary; those that only an erased person used go with them",
    "people.exitrehearsal": "whether the house could be built again, and in which columns something differed",
    "people.keyshelf": "how many keys were written, and numbers of persons",
    "people.keypage": "hashes of what persons say, and their sheets of names and addresses; taken off when the person is erased",
    "people.directorychange": "numbers of persons, which lead nowhere once the person is gone",
}


def level(model: type[models.Model]) -> int:
    label = model._meta.app_label
    return LEVELS["accounts"] if label in OF_ACCOUNTS else LEVELS[label]


def relations() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation:
                yield model, field.name, field.related_model


def test_relations_between_tables_point_down():
    up = [
        f"{model._meta.label}.{name} → {other._meta.label}"
        for model, name, other in relations()
        if level(other) > level(model)
    ]

    assert up == []
    assert len(list(relations())) > 20


@pytest.mark.parametrize("domain", ["foundation", "accounts"])
def test_a_lower_domain_is_given_no_names_by_those_above(domain):
    """A related name would let `accounts` ask for persons without importing them."""
    seen = {
        f"{model._meta.label}.{relation.get_accessor_name()}"
        for model in apps.get_app_config(domain).get_models()
        for relation in model._meta.related_objects
        if not relation.hidden and level(relation.related_model) > level(model)
    }

    assert seen == set()


def test_each_table_about_people_is_declared_by_its_domain():
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.label_lower not in NOBODY]

    assert undeclared(tables) == []


def test_a_table_is_declared_or_said_to_hold_nobody_not_both():
    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}

    assert {holding.model for holding in register()} & NOBODY.keys() == set()
    assert NOBODY.keys() - known == set()
