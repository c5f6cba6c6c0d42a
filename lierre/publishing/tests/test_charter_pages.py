"""The charter on its pages, and beside the text in the composer."""

import pytest
from django.urls import reverse

from lierre.publishing.charter.changing import write_rule
from lierre.publishing.charter.posts import charter_of
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import CharterException, Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def jargon(db, gwenael):
    said = {
        "kind": "avoid", "name": "Pas de jargon", "words": ["synergie*"], "replacement": "travail commun",
        "why": "Cela ne dit rien.",
    }  # fmt: skip
    return write_rule(said, by=gwenael)


@pytest.fixture
def post(by_hand, gwenael):
    return write(Draft(["De vraies synergies"], [by_hand]), by=gwenael)


def typed(post, **more):
    accounts = [variant.account_id for variant in post.variants.all()]
    return {"text": post.text, "accounts": accounts, "language": "fr", "version": post.version, **more}


def test_an_empty_charter_offers_where_to_begin(client, gwenael):
    client.force_login(gwenael)
    empty = client.get(reverse("publishing:charter")).content.decode()

    full = client.post(reverse("publishing:begin_charter"), follow=True).content.decode()

    assert "No rule yet" in empty
    assert "Pas de jargon" in full
    assert "No rule yet" not in full


def test_a_text_is_tried_and_nothing_is_kept(client, jargon, solenn):
    client.force_login(solenn)

    page = client.post(reverse("publishing:charter"), {"text": "Nos synergies"}).content.decode()

    assert "<q>synergies</q>" in page
    assert "travail commun" in page


def test_a_rule_is_written_changed_archived_and_brought_back(client, gwenael):
    client.force_login(gwenael)
    said = {
        "name": "Pas de sigles",
        "words": "UFR\nUFR\n\nSCD",
        "why": "Personne ne les connaît.",
        "severity": "warning",
    }
    client.post(reverse("publishing:new_rule", args=["avoid"]), said)
    rule = Rule.objects.get()

    client.post(rule.get_absolute_url(), {**said, "words": "UFR", "version": 1})
    client.post(reverse("publishing:rule_act", args=[rule.pk, "archiver"]))
    archived = client.get(rule.get_absolute_url()).content.decode()
    client.post(reverse("publishing:rule_act", args=[rule.pk, "ressortir"]))
    client.post(reverse("publishing:rule_act", args=[rule.pk, "reprendre"]), {"number": "1"})

    rule.refresh_from_db()
    assert (rule.words, rule.version, rule.is_living) == (["UFR", "SCD"], 3, True)
    assert "in the archive" in archived


def test_a_star_alone_is_refused(client, gwenael):
    client.force_login(gwenael)
    said = {"name": "Tout", "words": "*", "why": "Pour voir.", "severity": "blocks"}

    page = client.post(reverse("publishing:new_rule", args=["avoid"]), said)

    assert page.status_code == 422
    assert not Rule.objects.exists()


def test_the_communication_of_a_unit_keeps_the_rules_of_its_unit_alone(client, jargon, iut):
    from conftest import someone

    client.force_login(someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut))
    said = {"name": "Pas de sigles", "words": "UFR", "why": "Personne ne les connaît.", "severity": "blocks"}

    elsewhere = client.post(reverse("publishing:new_rule", args=["avoid"]), said)
    here = client.post(reverse("publishing:new_rule", args=["avoid"]), {**said, "unit": iut.pk})

    assert (elsewhere.status_code, here.status_code) == (422, 303)
    assert client.post(reverse("publishing:rule_act", args=[jargon.pk, "archiver"])).status_code == 403
    assert client.post(reverse("publishing:begin_charter")).status_code == 403


def test_one_click_writes_it_otherwise(client, jargon, post, gwenael):
    client.force_login(gwenael)
    page = client.get(post.get_absolute_url()).content.decode()

    client.post(post.get_absolute_url(), typed(post, replace=charter_of(post).shown[0].key))

    post.refresh_from_db()
    assert "<q>synergies</q>" in page
    assert "Cela ne dit rien." in page
    assert post.text == "De vraies travail commun"


def test_what_was_typed_meanwhile_is_never_overwritten_by_a_replacement(client, jargon, post, gwenael):
    client.force_login(gwenael)
    key = charter_of(post).shown[0].key

    page = client.post(post.get_absolute_url(), typed(post, text="Les synergies de Morlaix", replace=key))

    assert page.status_code == 422
    assert "Les synergies de Morlaix" in page.content.decode()
    assert "has changed meanwhile" in page.content.decode()


def test_advice_is_kept_against_with_one_click(client, jargon, post, gwenael):
    client.force_login(gwenael)

    client.post(post.get_absolute_url(), typed(post, keep=charter_of(post).shown[0].key))
    page = client.get(post.get_absolute_url()).content.decode()

    assert CharterException.objects.get().passage == "synergies"
    assert "1 passage kept against the charter" in page
    assert 'name="replace"' not in page


def test_what_is_kept_by_itself_says_what_the_charter_thinks_of_it(client, jargon, post, gwenael):
    client.force_login(gwenael)

    answer = client.post(
        post.get_absolute_url(), typed(post, text="Une synergie"), headers={"X-Autosave": "yes"}
    ).json()

    assert "<q>synergie</q>" in answer["pieces"]["findings-0"]


def test_an_exception_is_asked_and_countersigned_on_the_pages(client, jargon, post, gwenael, helene):
    Rule.objects.update(severity="blocks")
    client.force_login(gwenael)
    shown = charter_of(post).blocking[0]
    refused = client.post(reverse("publishing:post_act", args=[post.pk, "planifier"]), follow=True).content.decode()
    client.post(reverse("publishing:exception", args=[post.pk, shown.key]), {"why": "C’est le nom du projet."})
    asked = CharterException.objects.get()

    own = client.post(reverse("publishing:countersign", args=[asked.pk]), follow=True).content.decode()
    client.force_login(helene)
    page = client.get(post.get_absolute_url()).content.decode()
    given = client.post(reverse("publishing:countersign", args=[asked.pk]), follow=True).content.decode()

    assert "The charter blocks “synergies”" in refused
    assert "must countersign" in own
    assert "C’est le nom du projet." in page
    assert "the passage may stay" in given
