"""Somebody outside sees what they approve, as it leaves: the media of that post by their link, and none of the others."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from lierre.foundation.models.journal import Entry
from lierre.publishing.composing import Draft, write
from lierre.publishing.library.attaching import attach, detach, give_card
from lierre.publishing.mailing.approving import submit as submit_letter
from lierre.publishing.models import Account, MailingReview, Post, Review
from lierre.publishing.reviewing import ask_outside, token_of
from lierre.publishing.tests.mailings import written
from lierre.publishing.tests.media import WHERE, brought, document, film, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def instagram(db):
    return Account.objects.create(name="instagram", network="instagram", label="UBN")


@pytest.fixture
def post(by_hand, instagram, gwenael):
    return write(Draft(["Avec Armor Énergies"], [by_hand, instagram]), by=gwenael)


@pytest.fixture
def review(post, gwenael):
    return ask_outside(post, name="Anna Prigent", email="", days=7, by=gwenael)


def page_of(review):
    return reverse("publishing:review", args=[token_of(review)])


def file_of(review, account, name, number):
    return reverse("publishing:review_file", args=[token_of(review), account.pk, name, number])


def content(answer):
    return b"".join(answer.streaming_content)


def test_an_image_is_seen_as_each_network_gets_it_with_its_words_and_its_credit(
    client, post, review, by_hand, instagram, gwenael
):
    hall = brought(photograph(1600, 400), alt={"fr": "Le hall, à midi."}, credit="M. Tanguy")
    attach(post, [hall], by=gwenael)
    number, lines = post.attachments.get().pk, Entry.objects.count()

    page = client.get(page_of(review)).content.decode()
    client.cookies.clear()
    whole, cut = (client.get(file_of(review, each, "vu", number)) for each in (by_hand, instagram))

    assert page.count('alt="Le hall, à midi."') == 2
    assert "What it shows: Le hall, à midi." in page
    assert "M. Tanguy" in page
    assert file_of(review, instagram, "vu", number) in page
    assert (whole["Content-Type"], whole["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert {"private", "no-store"} <= set(whole["Cache-Control"].replace(",", " ").split())
    assert not whole.cookies
    drawn = content(whole)
    assert WHERE.encode() not in drawn
    assert Image.open(BytesIO(drawn)).size == (1600, 400)
    assert Image.open(BytesIO(content(cut))).size == (764, 400)  # Instagram cuts: it is cut around what matters
    assert 'width="764" height="400"' in page
    assert Entry.objects.count() == lines


def test_a_film_and_a_document_are_taken_without_what_they_hide(client, post, review, by_hand, gwenael):
    attach(post, [brought(film(), "houle.mp4"), brought(document(), "programme.pdf")], by=gwenael)
    seen, read = post.attachments.in_order()

    page = client.get(page_of(review)).content.decode()
    played, taken = (client.get(file_of(review, by_hand, "fichier", each.pk)) for each in (seen, read))

    assert f"Take “{seen.title}”" in page
    assert file_of(review, by_hand, "fichier", read.pk) in page
    assert (played["Content-Type"], taken["Content-Type"]) == ("video/mp4", "application/pdf")
    assert "attachment" in taken["Content-Disposition"]
    assert WHERE.encode() not in content(played)
    assert WHERE.encode() not in content(taken)


def test_the_card_of_its_link_is_seen_with_its_image(client, post, review, by_hand, gwenael):
    Post.objects.update(link_url="https://ubn.example/armor", link_title="Une chaire avec Armor")
    post.refresh_from_db()
    give_card(post, brought(photograph(1600, 1200)), by=gwenael)

    page = client.get(page_of(review)).content.decode()
    image = content(client.get(file_of(review, by_hand, "carte", 0)))

    assert "Une chaire avec Armor" in page
    assert file_of(review, by_hand, "carte", 0) in page
    assert Image.open(BytesIO(image)).size == (1200, 627)


def test_no_other_medium_is_opened_by_it(client, post, review, by_hand, instagram, gwenael):
    hall, other = brought(photograph()), brought(photograph(colour="red"), "other.jpg")
    attach(post, [hall], by=gwenael)
    attach(post, [brought(photograph(colour="blue"), "own.jpg")], by=gwenael, account=instagram)
    elsewhere = write(Draft(["Autre"], [by_hand]), by=gwenael)
    attach(elsewhere, [other], by=gwenael)
    mine, theirs = post.attachments.get(account=None).pk, elsewhere.attachments.get().pk
    own = post.attachments.get(account=instagram).pk
    bluesky = Account.objects.create(name="bluesky", network="bluesky", label="UBN")

    for account, name, number, status in [
        (by_hand, "vu", mine, 200), (by_hand, "vu", theirs, 404), (by_hand, "fichier", theirs, 404),
        (by_hand, "vu", other.pk + 1000, 404), (by_hand, "vu", own, 404), (instagram, "vu", mine, 404),
        (bluesky, "vu", mine, 404), (by_hand, "original", mine, 404), (by_hand, "carte", 0, 404),
    ]:  # fmt: skip
        assert client.get(file_of(review, account, name, number)).status_code == status, (account, name, number)


def test_they_end_with_the_link_and_with_the_place_of_the_medium(client, post, review, by_hand, gwenael):
    attach(post, [brought(photograph())], by=gwenael)
    [each] = post.attachments.all()
    address = file_of(review, by_hand, "vu", each.pk)
    assert client.get(address).status_code == 200

    review.revoke(by=gwenael)
    revoked = client.get(address).status_code
    Review.objects.update(revoked_at=None, expires_at=timezone.now() - timedelta(minutes=1))
    old = client.get(address).status_code
    Review.objects.update(expires_at=timezone.now() + timedelta(days=1))
    false = client.get(address.replace(token_of(review), f"{token_of(review)[:-2]}xx")).status_code
    again = client.get(address).status_code
    detach(post, each.pk, by=gwenael)
    gone = client.get(address).status_code
    attach(post, [brought(photograph())], by=gwenael)
    address = file_of(review, by_hand, "vu", post.attachments.get().pk)
    back = client.get(address).status_code
    post.withdraw(by=gwenael)
    withdrawn = client.get(address).status_code

    assert (revoked, old, false, again, gone, back, withdrawn) == (404, 404, 404, 200, 404, 200, 404)


def test_a_post_for_no_account_yet_shows_its_media_too(client, gwenael):
    post = write(Draft(["Idée"], []), by=gwenael)
    attach(post, [brought(photograph(), alt={"fr": "Le hall."})], by=gwenael)
    review = ask_outside(post, name="Anna Prigent", email="", days=7, by=gwenael)
    address = reverse("publishing:review_file", args=[token_of(review), 0, "vu", post.attachments.get().pk])

    assert address in client.get(page_of(review)).content.decode()
    assert client.get(address).status_code == 200


def test_a_letter_is_seen_with_its_images_until_its_link_is_closed(client, gwenael):
    image = "https://ubn.example/hall.jpg"
    letter = written(gwenael, sections=[{"title": "Hall", "text": "À midi.", "image": image, "alt": "Le hall."}])
    submit_letter(letter, by=gwenael)
    review = ask_outside(letter, name="Anna Prigent", email="", days=7, by=gwenael)
    address = reverse("publishing:review_letter", args=[token_of(review)])

    page = client.get(reverse("publishing:review_mailing", args=[token_of(review)]))
    seen = client.get(address)
    MailingReview.objects.update(revoked_at=timezone.now())

    assert f'src="{address}"' in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert image in seen.text
    assert "sandbox" in seen["Content-Security-Policy"]
    assert "no-store" in seen["Cache-Control"]
    assert client.get(address).status_code == 404
