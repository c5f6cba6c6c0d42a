"""What each role may see and do, at every address of the house, is what `tests/access.csv` says."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.access import ANONYMOUS, DENIED, differences, header, measured, one_of_each, session_of, written
from tests.addresses import FORMS, addresses
from tests.house import build

pytestmark = pytest.mark.django_db


def test_the_house_answers_as_the_table_says(settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = (
        86_400  # on a slow machine, who signed in would be asked again on the way
    )
    # Who may is reckoned before the base is asked: on a server, each address and each form is tried once for each answer.
    asking = None if connection.vendor == "sqlite" else one_of_each

    assert differences(list(measured(asking))) == []


def test_whoever_may_not_see_a_page_may_not_send_its_form():
    table = written()
    sent = {
        (name, role): (line.may[role], table[name, "do"].may[role])
        for (name, verb), line in table.items()
        for role in line.may
        if verb == "see" and (name, "do") in table
    }

    assert {each: answers for each, answers in sent.items() if answers[0] == "no" and answers[1] not in DENIED} == {}


def test_nothing_about_people_is_open_to_whoever_comes():
    open_to_all = {line.area for line in written().values() if line.may[ANONYMOUS] not in DENIED}

    assert open_to_all == {
        "ambassadeurs", "api", "apparence", "bienvenue", "compte", "comptes-officiels", "confirmer", "desabonnement", "garder",
        "healthz", "invitation", "l", "langue", "mes-droits", "preferences", "publications", "readyz", "relire", "repondre",
        "retrouvailles", "retrouver", "vie-privee",
    }  # fmt: skip


def test_of_what_machines_ask_only_the_description_is_open():
    is_open = {name for (name, _verb), line in written().items() if line.may[ANONYMOUS] not in DENIED}

    assert {name for name in is_open if name.startswith(FOR_MACHINES)} == {"api:openapi"}


# Pressed by a program that has seen no page; the address itself is the key.
WITHOUT_A_PAGE = {"community:stop_at_once", "publishing:stop_digest", "publishing:unsubscribe"}
# They bring a token of their own, and no session is heard there.
FOR_MACHINES = ("api:", "scim:")
# They exist once the institution has registered an application at LinkedIn.
NOT_OFFERED = {"people:own_linkedin_consent", "people:own_linkedin_back"}
# Of whoever brought it, or began it in this very session: for anybody else they do not exist.
OF_ONE_PERSON = {
    "publishing:opening",
    "publishing:leave_for_network",
    "publishing:own_opening",
    "publishing:leave_for_own",
    "publishing:posts_file",
    "publishing:refused_lines",
}


def test_no_form_is_taken_without_the_token_of_its_page():
    house = build()
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = session_of(house.everybody)
    taken = {}
    for address in addresses():
        if (address.name, "do") in written() and address.name not in WITHOUT_A_PAGE:
            cache.clear()
            path = address.examples(house)[0]
            taken[path] = client.post(path, FORMS.get(address.name, lambda _house: {})(house)).status_code

    machines = {path for path in taken if path.startswith(("/api/", "/scim/"))}
    assert {path: status for path, status in taken.items() if status != (401 if path in machines else 403)} == {}
    assert len(taken) > 40


def test_every_example_of_every_address_opens_for_someone():
    house = build()
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = session_of(house.everybody)
    broken = {
        path: status
        for address in addresses()
        if address.name not in NOT_OFFERED | OF_ONE_PERSON
        for path in address.examples(house)
        if (status := client.get(path).status_code) >= 400
        and status != 405
        and not (status == 401 and address.name.startswith(FOR_MACHINES))
    }

    assert broken == {}


def test_the_table_says_everything_and_in_words():
    assert len(header()) == 17
    assert all(line.what and "_" not in line.what for line in written().values())
