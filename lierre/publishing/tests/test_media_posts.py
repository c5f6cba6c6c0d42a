"""Media of posts: said before approval, part of what is approved, and on the networks as they were meant."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from lierre.foundation.errors import Refused
from lierre.publishing import approving, composing
from lierre.publishing.library.attaching import attach, detach, give_card, shift
from lierre.publishing.measures import Measured
from lierre.publishing.models import Account, Likeness, Medium, Post, Step
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import WHERE, brought, document, film, photograph
from simulators.facebook import Facebook
from simulators.linkedin import LinkedIn
from simulators.serving import living

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


@pytest.fixture
def hall() -> Medium:
    return brought(photograph(), alt={"fr": "Des étudiants autour de tables hautes."})


@pytest.fixture
def linkedin(settings) -> Iterator[LinkedIn]:
    settings.ALLOW_LOOPBACK = True
    simulator = LinkedIn()
    with living(simulator):
        settings.LINKEDIN_BASE_URL = simulator.address
        yield simulator


@pytest.fixture
def facebook(settings) -> Iterator[Facebook]:
    settings.ALLOW_LOOPBACK = True
    simulator = Facebook()
    with living(simulator):
        settings.FACEBOOK_BASE_URL = simulator.address
        yield simulator


def written(text: str, *accounts: Account, **fields) -> Post:
    return composing.write(composing.Draft([text], accounts, intent=fields), by="the tests")


def measured(post: Post) -> Measured:
    """As the next page that is asked for reads it."""
    return Measured(Post.objects.get(pk=post.pk).variants.get())


def sentences(post: Post) -> str:
    each = measured(post)
    return " ".join([*each.refused, *each.lost])


def bare(content: bytes) -> bool:
    """Whether nothing of the camera is left in it."""
    return b"Camera 3000" not in content and WHERE.encode() not in content


def test_pictures_arrive_on_mastodon_with_what_they_show_and_without_the_camera(world, univ, hall):
    other = brought(photograph(300, 300, colour=(200, 0, 0)), "rouge.jpg", alt={"fr": "Un carré rouge."}, focus_x=100)
    post = written("Portes ouvertes", univ)
    attach(post, [hall, other], by="the tests")
    post.approve(by="the tests")

    Outbox().once()

    assert post.deliveries.get().state == "confirmed"
    sent = [world.files.kept[each["id"]] for each in world.mastodon.statuses[0]["media_attachments"]]
    assert [file.description for file in sent] == ["Des étudiants autour de tables hautes.", "Un carré rouge."]
    assert [file.focus for file in sent] == ["", "1.00,0.00"]
    assert Image.open(BytesIO(sent[0].content)).size == (640, 480)
    assert all(bare(file.content) for file in sent)
    assert not bare(hall.path.read_bytes())


def test_pictures_arrive_on_bluesky_with_what_they_show_and_without_the_camera(world, bluesky, hall):
    post = written("Portes ouvertes", bluesky)
    attach(post, [hall], by="the tests")
    post.approve(by="the tests")

    Outbox().once()

    (record,) = world.bluesky.records.values()
    (image,) = record["value"]["embed"]["images"]
    assert image["alt"] == "Des étudiants autour de tables hautes."
    assert image["aspectRatio"] == {"width": 640, "height": 480}
    assert bare(world.files.kept[image["image"]["ref"]["$link"]].content)


def test_the_card_of_a_link_is_ours_on_bluesky_cut_around_what_matters(world, bluesky, hall):
    link = {"link_url": "https://ubn.example/jpo", "link_title": "Portes ouvertes", "link_description": "Le 6 mars."}
    post = written("Venez !", bluesky, **link)
    give_card(post, hall, by="the tests")
    post.approve(by="the tests")

    Outbox().once()

    (record,) = world.bluesky.records.values()
    card = record["value"]["embed"]["external"]
    assert (card["uri"], card["title"], card["description"]) == tuple(link.values())
    width, height = Image.open(BytesIO(world.files.kept[card["thumb"]["ref"]["$link"]].content)).size
    assert round(width / height, 2) == 1.91


def test_pictures_arrive_on_linkedin_and_a_document_has_its_title(linkedin, hall):
    account = connect("linkedin", "ubn", linkedin.token, by="the tests")
    pictures, paper = written("La houle en équations", account), written("Le rapport", account)
    attach(pictures, [hall, brought(photograph(90, 90), "deux.jpg", alt={"fr": "Un carré."})], by="the tests")
    attach(paper, [brought(document(3), "rapport_2026.pdf")], by="the tests")
    for post in (pictures, paper):
        post.approve(by="the tests")

    for _turn in range(4):
        Outbox().once()
        for post in (pictures, paper):
            post.deliveries.update(next_at=timezone.now())

    first, second = (each["content"] for each in linkedin.posts.values())
    told = [each["altText"] for each in first["multiImage"]["images"]]
    assert told == ["Des étudiants autour de tables hautes.", "Un carré."]
    assert second["media"]["title"] == "rapport 2026"


def test_pictures_arrive_on_facebook_with_what_they_show(facebook, hall):
    account = connect("facebook", "page", facebook.token, by="the tests")
    post = written("Portes ouvertes", account)
    attach(post, [hall], by="the tests")
    post.approve(by="the tests")

    Outbox().once()

    (photo,) = facebook.photos.values()
    assert photo["alt"] == "Des étudiants autour de tables hautes."
    assert post.deliveries.get().state == "confirmed"


def test_other_media_than_those_that_were_approved_must_be_approved_again(by_hand, hall, gwenael, helene):
    Step.objects.create(account=by_hand, position=1, role="direction")
    post = composing.write(composing.Draft(["Portes ouvertes"], [by_hand]), by=gwenael)
    attach(post, [hall], by=gwenael)
    approving.submit(post, by=gwenael)
    approving.sign(post, approving.digest(post), by=helene)
    approved = post.state

    fell = detach(post, post.attachments.get().pk, by=gwenael)

    assert (approved, fell, post.state) == ("approved", True, "draft")
    assert post.deliveries.get().state == "draft"


def test_what_is_said_later_in_the_library_changes_nothing_that_was_approved(by_hand, hall):
    post = written("Portes ouvertes", by_hand)
    attach(post, [hall], by="the tests")
    before = approving.digest(post)

    hall.describe({"alt": {"fr": "Autre chose."}, "title": "Autre", "focus_x": 0}, by="the tests")

    assert approving.digest(post) == before


def test_words_for_who_does_not_see_are_typed_with_the_text_and_void_the_approval(by_hand, hall):
    post = written("Portes ouvertes", by_hand)
    attach(post, [hall], by="the tests")
    before, attachment = approving.digest(post), post.attachments.get()

    draft = composing.Draft(["Portes ouvertes"], [by_hand], alts={attachment.pk: "Trois étudiants."})
    composing.change(post, draft, by="the tests")

    assert post.attachments.get().alt == "Trois étudiants."
    assert approving.digest(post) != before


def test_media_stand_in_the_order_that_was_chosen(by_hand, hall):
    post = written("Portes ouvertes", by_hand)
    other = brought(photograph(90, 90), "deux.jpg")
    attach(post, [hall, other], by="the tests")

    shift(post, post.attachments.in_order()[1].pk, -1, by="the tests")

    assert [each.medium for each in post.attachments.in_order()] == [other, hall]


def test_rights_that_end_before_are_said_before_approval(by_hand, hall):
    hall.describe({"until": TODAY() + timedelta(days=2)}, by="the tests")
    post = written("Bientôt", by_hand)
    attach(post, [hall], by="the tests")
    assert measured(post).fits

    post.reschedule(timezone.now() + timedelta(days=4), by="the tests")

    assert not measured(post).fits
    assert "it cannot be shown afterwards" in sentences(post)


def test_nobody_is_shown_who_has_not_consented_nor_for_longer(by_hand, hall):
    said = {"name": "Lena Cadiou", "given_on": None, "until": None, "proof": ""}
    likeness = Likeness.write_down(hall, said, by="the tests")
    post = written("Bientôt", by_hand)
    attach(post, [hall], by="the tests")
    not_yet = sentences(post)

    likeness = Likeness.write_down(hall, said | {"given_on": TODAY()}, by="the tests")
    consents = measured(post).fits
    post.reschedule(timezone.now() + timedelta(days=40), by="the tests")
    Likeness.write_down(hall, said | {"given_on": TODAY(), "until": TODAY() + timedelta(days=30)}, by="the tests")

    assert likeness.medium == hall
    assert "Lena Cadiou, shown on “hall”, has not consented yet." in not_yet
    assert consents
    assert "and not afterwards" in sentences(post)


def test_what_became_forbidden_since_it_was_approved_does_not_leave(world, univ, hall):
    post = written("Portes ouvertes", univ)
    attach(post, [hall], by="the tests")
    post.approve(by="the tests")
    hall.describe({"until": TODAY() - timedelta(days=1)}, by="the tests")

    Outbox().once()

    row = post.deliveries.get()
    assert row.state == "refused"
    assert row.failure.startswith("The rights on “hall” end on")
    assert world.mastodon.statuses == []


def test_what_will_not_be_sent_is_said_before_approval(univ, bluesky, by_hand, hall):
    five = [brought(photograph(50 + n, 50), f"{n}.jpg", alt={"fr": "x"}) for n in range(5)]
    many, mixed, paper, silent = (written(text, account) for text, account in (
        ("cinq", univ), ("deux", by_hand), ("rapport", bluesky), ("muet", univ)))  # fmt: skip
    attach(many, five, by="the tests")
    attach(mixed, [hall, brought(film(), "cinq.mp4")], by="the tests")
    attach(paper, [brought(document(), "rapport.pdf")], by="the tests")
    attach(silent, [brought(photograph(77, 77), "sans.jpg")], by="the tests")

    assert "This network takes 4 files at most." in sentences(many)
    assert "choose one kind" in sentences(mixed)
    assert "This file will not be sent: rapport." in sentences(paper)
    assert "Whoever does not see “sans” is told nothing of it" in sentences(silent)


def test_a_document_of_three_hundred_pages_is_taken_by_linkedin_and_one_more_is_said_to_be_too_many(linkedin):
    account = connect("linkedin", "ubn", linkedin.token, by="the tests")
    enough, more = written("Le rapport", account), written("Le rapport entier", account)
    attach(enough, [brought(document(300), "rapport.pdf")], by="the tests")
    attach(more, [brought(document(301), "entier.pdf")], by="the tests")

    assert measured(enough).fits
    assert "entier has 301 pages: this network shows documents of 300 pages at most." in sentences(more)


def test_an_account_may_show_media_of_its_own(univ, bluesky, hall):
    other = brought(photograph(90, 90), "deux.jpg")
    post = written("Portes ouvertes", univ, bluesky)
    attach(post, [hall], by="the tests")
    attach(post, [other], account=bluesky, by="the tests")

    from lierre.publishing.library.showing import attachments

    assert [each.medium for each in attachments(post, univ, 0)] == [hall]
    assert [each.medium for each in attachments(post, bluesky, 0)] == [other]


def test_what_has_begun_to_leave_keeps_its_media(world, univ, bluesky, hall):
    post = written("Portes ouvertes", univ)
    attach(post, [hall], by="the tests")
    post.approve(by="the tests")
    Outbox().once()

    with pytest.raises(Refused, match="its media stay as they are"):
        detach(post, post.attachments.get().pk, by="the tests")


def test_a_network_that_refused_them_is_given_the_other_media(world, univ, hall):
    other = brought(photograph(90, 90), "deux.jpg", alt={"fr": "Un carré."})
    post = written("Portes ouvertes", univ)
    attach(post, [hall], by="the tests")
    hall.describe({"until": TODAY() - timedelta(days=1)}, by="the tests")
    post.approve(by="the tests")
    Outbox().once()
    refused = post.deliveries.get().state

    attach(post, [other], by="the tests")
    detach(post, post.attachments.get(medium=hall).pk, by="the tests")
    Outbox().once()

    assert refused == "refused"
    assert post.deliveries.get().state == "confirmed"
    assert len(world.mastodon.statuses[0]["media_attachments"]) == 1


def test_a_command_publishes_a_file_with_what_it_shows(world, univ, tmp_path):
    text, file = tmp_path / "texte.txt", tmp_path / "hall.jpg"
    text.write_text("Portes ouvertes")
    file.write_bytes(photograph())

    call_command("publish", account=["univ"], text_file=[text], media=[str(file)], alt=["Des étudiants."])
    Outbox().once()

    (handed,) = world.files.kept.values()
    assert handed.description == "Des étudiants."
    assert bare(handed.content)


def test_a_command_says_which_file_cannot_be_shown(univ, tmp_path, capsys):
    text = tmp_path / "texte.txt"
    text.write_text("Portes ouvertes")

    with pytest.raises(SystemExit):
        call_command("publish", account=["univ"], text_file=[text], media=[str(tmp_path / "absent.jpg")])

    assert "absent.jpg cannot be opened" in capsys.readouterr().err
    assert not Post.objects.exists()
