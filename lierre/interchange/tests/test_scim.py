"""IT reads accounts and roles by SCIM: filters, pages, errors in its own words."""

import pytest

from lierre.accounts.models import Role

pytestmark = pytest.mark.django_db
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


@pytest.fixture
def scim(machine, malo, solenn, maiwenn, gwenael):
    asking = machine(malo, "accounts:read")
    return lambda path, **asked: asking.get(f"/scim/v2/{path}", asked)


def names(answer):
    return [each["displayName"] for each in answer.json()["Resources"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('userName eq "SOLENN.KERBRAT@ubn.example"', ["Solenn Kerbrat"]),
        ('userName sw "ma"', ["Malo Quéré", "Maïwenn Tanguy"]),
        ('displayName co "riou" and active eq true', ["Gwenaël Riou"]),
        ('userName ew "ubn.example" and userName ne "malo.quere@ubn.example" and name.formatted co "an"', ["Maïwenn Tanguy"]),
        ('emails.value eq "nobody@ubn.example"', []),
        ("active eq false", []),
        ('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "malo.quere@ubn.example"', ["Malo Quéré"]),
        ('displayName eq "a\\"b"', []),
        ("displayName pr and USERNAME SW \"gwen\"", ["Gwenaël Riou"]),
    ],
)  # fmt: skip
def test_users_are_found_by_filters(scim, asked, found):
    answer = scim("Users", filter=asked)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/scim+json")
    assert sorted(names(answer)) == found
    assert (answer.json()["schemas"], answer.json()["totalResults"]) == ([LIST], len(found))


@pytest.mark.parametrize(
    "asked",
    ["userName", 'userName gt "a"', 'password eq "secret"', 'userName eq "a" or userName eq "b"', 'userName eq "a',
     "active co true", "userName eq true", 'not (userName eq "a")', 'userName eq "a" and', 'emails[type eq "work"]',
     'userName eq "\\x"', " and ".join(['userName eq "a"'] * 30), 'userName eq "' + "a" * 1100 + '"', "active sw 1"],
)  # fmt: skip
def test_a_filter_that_is_not_understood_is_refused_in_the_words_of_scim(scim, asked):
    answer = scim("Users", filter=asked)

    said = answer.json()
    assert (answer.status_code, said["schemas"], said["status"], said["scimType"]) == (
        400,
        [ERROR],
        "400",
        "invalidFilter",
    )
    assert answer["Content-Type"] == "application/scim+json"


def test_users_come_by_pages(scim):
    first = scim("Users", startIndex=1, count=3).json()
    last = scim("Users", startIndex=4, count=3).json()
    none = scim("Users", startIndex=0, count=-1).json()

    assert [len(first["Resources"]), len(last["Resources"]), len(none["Resources"])] == [3, 1, 0]
    assert [first["totalResults"], last["startIndex"], none["startIndex"]] == [4, 4, 1]
    assert scim("Users", startIndex="two").json()["scimType"] == "invalidValue"


def test_a_role_in_a_unit_is_a_group(scim, solenn, iut):
    Role.objects.create(user=solenn, unit=iut, kind="ambassador")

    user = scim("Users", filter='userName sw "solenn"').json()["Resources"][0]
    groups = scim("Groups", filter=f'displayName sw "ambassador" and members eq "{solenn.pk}"').json()["Resources"]

    assert {each["display"] for each in user["groups"]} == {
        "alumni office, Université de Bretagne-Nord", "ambassador, IUT de Morlaix",
    }  # fmt: skip
    assert [(each["id"], each["displayName"]) for each in groups] == [
        (f"{iut.pk}-ambassador", "ambassador, IUT de Morlaix")
    ]
    assert scim(f"Groups/{iut.pk}-ambassador").json()["members"][0]["value"] == str(solenn.pk)
    assert scim("Groups/1-nothing").status_code == 404


def test_only_the_attributes_that_are_asked_come(scim, solenn):
    user = scim(f"Users/{solenn.pk}", attributes="userName,name.formatted").json()
    other = scim(f"Users/{solenn.pk}", excludedAttributes="groups, emails").json()

    assert set(user) == {"schemas", "id", "meta", "userName", "name"}
    assert {"groups", "emails"} & set(other) == set()
    assert other["displayName"] == "Solenn Kerbrat"


def test_clients_are_told_what_is_supported(scim):
    assert scim("ServiceProviderConfig").json()["filter"] == {"supported": True, "maxResults": 500}
    assert [each["name"] for each in scim("ResourceTypes").json()["Resources"]] == ["User", "Group"]
    assert scim("Schemas/urn:ietf:params:scim:schemas:core:2.0:User").json()["name"] == "User"
    assert scim("ResourceTypes/Pigeon").status_code == scim("Pigeons").status_code == 404


def test_accounts_are_only_read(machine, malo):
    asking = machine(malo, "accounts:read")

    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = asking.ask(method, "/scim/v2/Users")
        assert (answer.status_code, answer.json()["schemas"]) == (501, [ERROR])


def test_without_the_scope_or_the_role_nothing_is_read(machine, client, malo, solenn):
    refused = machine(malo, "sources:read").get("/scim/v2/Users")
    nobody = client.get("/scim/v2/Users")
    asking = machine(malo, "accounts:read")
    malo.roles.all().delete()

    assert (refused.status_code, refused.json()["schemas"]) == (403, [ERROR])
    assert (nobody.status_code, nobody["WWW-Authenticate"]) == (401, 'Bearer realm="Lierre"')
    assert asking.get("/scim/v2/Users").status_code == 403
