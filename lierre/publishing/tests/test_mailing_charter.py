"""The charter reads a mailing as it reads a post: each of its texts, its images, its links; what blocks does not leave."""

from typing import Any

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.publishing.charter.changing import write_rule
from lierre.publishing.charter.posts import charter_of as charter_of_post
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.charter import charter_of
from lierre.publishing.models import Mailing, MailingException, Notice
from lierre.publishing.tests.conftest import approved
from lierre.publishing.tests.mailings import SECTION, written

pytestmark = pytest.mark.django_db


def rule(by: Any, kind: str = "avoid", **said: Any) -> Any:
    about = {"name": f"Règle {kind}", "why": "Cela ne dit rien.", **said}
    return write_rule({"kind": kind, **about}, by=by)


def found(mailing: Mailing) -> list[tuple[str, str]]:
    return [(where, each.finding.passage) for each, where in charter_of(mailing).rows]


def test_each_text_is_read_and_the_place_is_said(gwenael):
    rule(gwenael, words=["synergie*"])
    sections = [
        SECTION | {"title": "Nos synergies"}, SECTION | {"text": "Des synergies.", "button": "La synergie"},
    ]  # fmt: skip

    mailing = written(gwenael, subject="Synergie", preheader="Une synergie", sections=sections)

    assert found(mailing) == [
        ("Subject line", "Synergie"), ("Words after the subject line", "synergie"), ("Section 1", "synergies"),
        ("Section 2", "synergies"), ("Section 2", "synergie"),
    ]  # fmt: skip


def test_images_without_words_links_without_parameters_and_refused_sites_are_found(gwenael):
    rule(gwenael, "alternative", severity="blocks")
    rule(gwenael, "link_refused", words=["court.example"])
    rule(gwenael, "link_template", words=["ubn.example"], replacement="utm_source={network}&utm_campaign={campaign}")
    sections = [
        SECTION | {"image": "https://ubn.example/hall.jpg", "text": "Voir https://court.example/x.", "link": "https://ubn.example/a"}
    ]  # fmt: skip

    mailing = written(gwenael, sections=sections, campaign="Portes ouvertes")
    said = [each.finding for each, _where in charter_of(mailing).rows]
    counted = written(gwenael, sections=sections, counts_links=True)

    assert "hall.jpg" in said[0].sentence
    assert said[0].blocks
    assert [each.replacement for each in said[1:]] == [
        None, "https://ubn.example/a?utm_source=lettre&utm_campaign=portes-ouvertes",
    ]  # fmt: skip
    assert [each.finding.rule.kind for each, _where in charter_of(counted).rows] == ["alternative", "link_refused"]


def test_another_day_than_a_post_of_the_week_is_told_and_a_rule_of_another_unit_is_not(gwenael, by_hand, iut):
    rule(gwenael, "agreement")
    rule(gwenael, words=["portes"], unit=iut)
    mailing = written(gwenael, sections=[SECTION | {"text": "Nos portes ouvertes, le 7 mars."}])
    post = approved("Les portes ouvertes sont le 6 mars.", by_hand, due_at=mailing.due_at)

    assert found(mailing) == [("Section 1", "7 mars")]
    assert [each.finding.passage for each in charter_of_post(post).shown] == ["6 mars"]


def test_what_blocks_is_neither_submitted_nor_approved_and_says_why_in_thirty_seconds(client, gwenael, helene):
    mailing = written(gwenael)
    submit(mailing, by=gwenael)
    kept = rule(gwenael, words=["6 mars"], severity="blocks", why="La date a changé.", example="Le 7 mars")
    client.force_login(gwenael)

    with pytest.raises(Refused, match=r"Subject line\. The charter blocks “6 mars”"):
        approve(mailing, mailing.digest, by=helene)
    mailing.take_back("mailing.taken_back", by=gwenael)
    refused = client.post(reverse("publishing:mailing_act", args=[mailing.pk, "soumettre"]), follow=True)
    page = refused.content.decode()

    assert Mailing.objects.get().state == "draft"
    assert "Blocks approval." in page
    assert "La date a changé." in page
    assert reverse("publishing:rule", args=[kept.pk]) in page
    assert "The charter blocks 2 passages" in page


def test_the_words_of_the_rule_are_written_in_its_place_and_advice_may_be_left(client, gwenael):
    rule(gwenael, words=["attendus"], replacement="invités")
    mailing = written(gwenael)
    client.force_login(gwenael)
    address = reverse("publishing:settle_mailing_passage", args=[mailing.pk])
    key = charter_of(mailing).charter.shown[0].key

    client.post(address, {"replace": key})
    mailing.refresh_from_db()
    rule(gwenael, words=["Portes"])
    left = charter_of(mailing).charter.shown[0].key
    client.post(address, {"keep": left})
    stale = client.post(address, {"replace": "0.1.0.900"}, follow=True).content.decode()

    assert mailing.subject == "Vous êtes invités le 6 mars"
    assert charter_of(mailing).charter.shown[0].is_settled
    assert "This passage has changed meanwhile" in stale


def test_an_exception_has_a_reason_and_somebody_else_countersigns_it(client, gwenael, helene, solenn):
    rule(gwenael, words=["attendus"], severity="blocks")
    mailing = written(gwenael)
    key = charter_of(mailing).charter.shown[0].key
    address = reverse("publishing:mailing_passage", args=[mailing.pk, key])
    client.force_login(gwenael)
    without = client.post(address, {"why": " "})
    client.post(address, {"why": "C’est le titre de la journée."})
    asked = MailingException.objects.get()
    give = reverse("publishing:countersign_mailing", args=[asked.pk])

    client.post(give), client.force_login(solenn), client.post(give)
    refused = MailingException.objects.get().holds
    client.force_login(helene)
    offered = client.get(mailing.get_absolute_url()).content.decode()
    client.post(give)
    submit(mailing, by=gwenael)

    assert without.status_code == 422
    assert not refused
    assert "Countersign" in offered
    assert (MailingException.objects.get().countersigned_by, mailing.state) == (helene, "submitted")
    assert Notice.objects.filter(to=helene, subject__startswith="An exception").exists()
