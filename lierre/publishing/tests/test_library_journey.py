"""With a browser: a picture is aimed at, then chosen for a post whose words are being written; nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from lierre.publishing import composing
from lierre.publishing.library.attaching import attach
from lierre.publishing.tests.media import brought, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_picture_is_aimed_at_and_goes_with_what_is_being_written(enter, settings, tmp_path, by_hand, gwenael):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path
    hall = brought(photograph(700, 350), "hall.jpg", by=gwenael, alt={"fr": "Des étudiants."})
    other = brought(photograph(90, 90), "deux.jpg", by=gwenael)
    post = composing.write(composing.Draft(["Portes ouvertes"], [by_hand]), by=gwenael)
    attach(post, [other], by=gwenael)

    page = enter(gwenael, hall.get_absolute_url())
    page.locator("input[type=image]").click(position={"x": 70, "y": 70})
    page.wait_for_load_state()
    hall.refresh_from_db()
    aimed = (hall.focus_x, hall.focus_y)

    page = enter(gwenael, post.get_absolute_url())
    page.fill("textarea[name=text]", "Portes ouvertes, le 6 mars")
    page.get_by_role("button", name="Choose from the library").click()
    page.wait_for_url(re.compile(reverse("publishing:library")))
    page.get_by_role("button", name=re.compile("Add to the post.*hall")).click()
    page.wait_for_url(re.compile(post.get_absolute_url()))
    page.get_by_role("button", name="Show hall earlier").click()
    page.wait_for_load_state()
    typed = page.locator("input[name=link_url]")
    typed.fill("https://ubn.example/jpo")
    with page.expect_navigation():
        typed.press("Enter")  # keeps; it moves and takes off nothing

    post.refresh_from_db()
    assert aimed == (25, 50)
    assert (post.text, post.link_url) == ("Portes ouvertes, le 6 mars", "https://ubn.example/jpo")
    assert [each.medium for each in post.attachments.in_order()] == [hall, other]


def test_each_file_that_is_refused_among_others_is_said_and_waits_to_be_read(enter, settings, tmp_path, gwenael):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path
    files = [
        ("hall.jpg", photograph()),
        ("note.docx", b"PK\3\4" + bytes(60)),
        ("logo.svg", b"<svg/>"),
        ("rien.png", b""),
    ]

    page = enter(gwenael, reverse("publishing:bring_media"))
    page.set_input_files("input[name=brought]", [{"name": n, "mimeType": "image/jpeg", "buffer": c} for n, c in files])
    page.get_by_role("button", name="Bring", exact=True).click()
    page.get_by_role("heading", name="hall").first.wait_for()

    told = page.locator(".toast.tone-bad").all_inner_texts()
    assert [name for name in ("note.docx", "logo.svg", "rien.png") if not any(name in each for each in told)] == []
    assert page.locator(".toast.tone-good").count() == 1
