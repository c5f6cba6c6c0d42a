"""What the official accounts say is a feed that anybody follows: what is online, in its very words, and nothing else."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Account, Link
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def official(by_hand):
    by_hand.write(status="official")
    return by_hand


def online(text, *accounts, **fields):
    """Published by hand, its addresses given."""
    post = approved(text, *accounts, due_at=timezone.now() - timedelta(hours=1), **fields)
    for row in post.deliveries.order_by("pk"):
        row.confirm("", f"https://www.linkedin.com/posts/{row.pk}", by="the tests")
    return post


def entries(client, **asked):
    root = ElementTree.fromstring(client.get(reverse("publishing:atom"), asked).content)  # noqa: S314 - our own
    return root.findall(f"{ATOM}entry")


def said(entry, name):
    return entry.find(f"{ATOM}{name}").text


def test_anybody_reads_what_is_online_on_official_accounts_once_and_nothing_else(client, official, univ):
    tolerated = Account.objects.create(name="other", network="x", label="Une autre", address="https://x.com/ubn")
    univ.write(status="official", address="https://social.example/@ubn")
    online(["La houle en équations #Recherche", "Suite du fil"], official, univ)
    online("Sur un compte toléré", tolerated)
    approved("Demain", official, due_at=timezone.now() + timedelta(days=1))

    (entry,) = entries(client)
    rss = ElementTree.fromstring(client.get(reverse("publishing:rss")).content)  # noqa: S314 - our own

    assert said(entry, "title") == "La houle en équations #Recherche"
    assert said(entry, "content") == "La houle en équations #Recherche\n\nSuite du fil"
    assert entry.find(f"{ATOM}category").get("term") == "Recherche"
    assert [item.find("title").text for item in rss.iter("item")] == ["La houle en équations #Recherche"]


def test_neither_the_title_of_the_calendar_nor_what_is_written_since_is_told(client, official, gwenael):
    post = online("Portes ouvertes le 6 mars", official, title="À relire : JPO, version 3")
    other = Account.objects.create(name="x", network="x", label="X", status="official")
    change(post, Draft(["Un brouillon que personne n’a approuvé"], [official, other]), by=gwenael)

    (entry,) = entries(client)

    assert (said(entry, "title"), said(entry, "content")) == ("Portes ouvertes le 6 mars", "Portes ouvertes le 6 mars")


def test_addresses_are_those_that_were_written_and_no_click_of_a_network_is_counted(client, official, gwenael):
    at = timezone.now() - timedelta(hours=1)
    post = write(
        Draft(["Voir https://ubn.example/jpo"], [official], due_at=at, intent={"counts_links": True}), by=gwenael
    )
    post.approve(by=gwenael)
    row = post.deliveries.get()
    row.confirm("", "https://www.linkedin.com/posts/1", by=gwenael)

    (entry,) = entries(client)

    assert Link.objects.get().short in row.text
    assert said(entry, "content") == "Voir https://ubn.example/jpo"
    assert entry.find(f"{ATOM}link").get("href") == "https://ubn.example/jpo"


def test_a_unit_has_a_feed_of_its_own_and_a_reader_that_has_it_already_is_told_so(client, official, iut):
    of_iut = Account.objects.create(name="iut", network="x", label="IUT", status="official", unit=iut)
    online("De l’université", official)
    online("De l’IUT", of_iut)

    first = client.get(reverse("publishing:atom"))
    again = client.get(reverse("publishing:atom"), headers={"If-None-Match": first["ETag"]})

    assert [said(entry, "title") for entry in entries(client, unite="IUTM")] == ["De l’IUT"]
    assert len(entries(client)) == 2
    assert client.get(reverse("publishing:atom"), {"unite": "NOWHERE"}).status_code == 404
    assert (again.status_code, "max-age=600" in first["Cache-Control"]) == (304, True)
    assert reverse("publishing:atom") in client.get(reverse("publishing:official")).text
