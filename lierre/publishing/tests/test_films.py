"""A film leaves as each network takes it: as it is when it fits, else as a copy that is made, said, and waited for."""

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing import composing
from lierre.publishing.approving import plan
from lierre.publishing.filming.lane import Films
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.posters import poster
from lierre.publishing.models import FilmCopy, Medium, Post
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import WHERE, brought
from lierre.publishing.tests.moving import filmed, here, moving, shown, takes
from lierre.publishing.views.composer import refusal_of
from simulators.facebook import Facebook
from simulators.serving import living

pytestmark = [pytest.mark.django_db, here]


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


def received(world) -> bytes:
    (file,) = world.files.kept.values()
    return file.content


def online(world) -> list[str]:
    return [each["text"] for each in world.mastodon.statuses]


def test_a_film_that_fits_leaves_as_it_is_without_what_it_hides(world, univ, tmp_path):
    content = moving()
    houle = brought(content, "houle.mp4")
    plan(filmed(univ, houle), by="the tests")

    Films().once()
    Outbox().once()

    seen, before = shown(received(world), tmp_path), shown(content, tmp_path)
    assert {"title", "location", "creation_time"} <= before["tags"]
    assert not {"title", "location", "creation_time"} & seen["tags"]
    assert WHERE.encode() not in received(world)
    assert [seen[name] for name in ("codec", "frames", "width")] == [
        before[name] for name in ("codec", "frames", "width")
    ]
    assert not FilmCopy.objects.exists()
    assert houle.path.read_bytes() == content


def test_what_will_be_sent_is_said_before_approval_then_made_and_waited_for_by_its_post_alone(
    client, world, univ, gwenael, tmp_path
):
    content = moving(1, codec="libx265")
    houle = brought(content, "houle.mp4")
    post = filmed(univ, houle)
    client.force_login(gwenael)
    before = client.get(post.get_absolute_url()).text
    plan(post, by="the tests")
    other = composing.write(composing.Draft(["Portes ouvertes"], [univ]), by="the tests")
    plan(other, by="the tests")

    Outbox().once()
    row = post.deliveries.get()
    meanwhile = row.state, row.failure, online(world)
    Films().once()
    Outbox().once()

    assert "“houle” will be sent as 320 × 180," in before
    assert "this copy will be made, and the post waits for it." in before
    assert meanwhile[0] == "waiting"
    assert meanwhile[1].startswith("“houle” will be sent as 320 × 180")
    assert meanwhile[2] == ["Portes ouvertes"]
    assert post.deliveries.get().state == "confirmed"
    seen = shown(received(world), tmp_path)
    assert (seen["codec"], seen["sound"], seen["frames"], seen["seconds"]) == ("h264", "aac", 25, 1.0)
    assert not {"title", "location", "creation_time"} & seen["tags"]
    assert received(world).find(b"moov") < received(world).find(b"mdat")
    assert houle.path.read_bytes() == content
    assert Entry.objects.filter(verb="medium.copy_made").count() == 1


def test_a_film_too_heavy_too_large_and_too_fast_for_a_network_is_made_to_fit(world, univ, tmp_path):
    takes(univ, video_bytes=200_000, video_pixels=480 * 270, video_rate=30)
    houle = brought(moving(4, size="1280x720", rate=60), "houle.mp4")
    post = filmed(univ, houle)
    plan(post, by="the tests")

    Films().once()
    Outbox().once()

    seen = shown(received(world), tmp_path)
    assert houle.size > 200_000
    assert len(received(world)) <= 200_000
    assert (seen["width"] * seen["height"] <= 480 * 270, seen["frames"] <= 121) == (True, True)
    assert round(seen["width"] / seen["height"], 1) == 1.8
    assert seen["seconds"] == 4.0
    assert post.deliveries.get().state == "confirmed"


def test_a_film_of_a_telephone_changes_its_container_alone(world, univ, tmp_path):
    takes(univ, types=("image/jpeg", "video/mp4"))
    houle = brought(moving(end="mov", sound="pcm_s16le"), "houle.mov")
    plan(filmed(univ, houle), by="the tests")

    Films().once()
    Outbox().once()

    assert houle.type == "video/quicktime"
    copy = FilmCopy.objects.get()
    assert (copy.planned["bits"], copy.planned["sound"]) == (0, 128_000)
    assert (shown(received(world), tmp_path)["codec"], shown(received(world), tmp_path)["sound"]) == ("h264", "aac")
    assert next(iter(world.files.kept.values())).type == "video/mp4"


def test_it_arrives_on_bluesky_and_facebook_as_it_was_said(world, bluesky, settings, tmp_path):
    simulator = Facebook()
    houle = brought(moving(1, codec="libx265", end="mov"), "houle.mov", alt={"fr": "Des vagues."})
    with living(simulator):
        settings.FACEBOOK_BASE_URL = simulator.address
        page = connect("facebook", "page", simulator.token, by="the tests")
        post = composing.write(composing.Draft(["La houle"], [bluesky, page]), by="the tests")
        attach(post, [houle], by="the tests")
        plan(post, by="the tests")
        Films().once()
        Outbox().once()

    (record,), (video,) = world.bluesky.records.values(), simulator.videos.values()
    embed = record["value"]["embed"]
    on_bluesky = world.files.kept[embed["video"]["ref"]["$link"]].content
    assert (embed["alt"], embed["aspectRatio"]) == ("Des vagues.", {"width": 320, "height": 180})
    assert on_bluesky == bytes(video) == FilmCopy.objects.get().path.read_bytes()
    assert shown(on_bluesky, tmp_path)["codec"] == "h264"
    assert {each.state for each in post.deliveries.all()} == {"confirmed"}


def test_a_copy_is_asked_for_before_its_time_and_made_once_for_all_posts(client, univ, gwenael):
    takes(univ, video_pixels=160 * 90)
    houle = brought(moving(), "houle.mp4")
    filmed(univ, houle)
    filmed(univ, houle, "Encore la houle")

    Films().once()
    Films().once()

    assert [(each.state, each.attempts) for each in FilmCopy.objects.all()] == [("ready", 1)]
    client.force_login(gwenael)
    page = client.get(houle.get_absolute_url()).text
    assert "A copy of 160 × 90" in page
    assert "ready" in page
    assert "will be sent as 160 × 90" in client.get(Post.objects.first().get_absolute_url()).text


def test_a_film_that_lasts_too_long_is_refused_and_never_cut(univ):
    takes(univ, video_seconds=1, video_bytes=1_000)
    post = filmed(univ, brought(moving(), "houle.mp4"))

    refusal = refusal_of(post)
    Films().once()

    assert "The film houle is too long for this network" in str(refusal)
    assert not FilmCopy.objects.exists()


def test_a_film_that_would_be_a_blur_is_refused_before_approval(univ):
    takes(univ, video_bytes=20_000)

    refusal = refusal_of(filmed(univ, brought(moving(4, size="640x360"), "houle.mp4")))

    assert "it would be a blur. Bring a shorter one." in str(refusal)


def test_a_film_that_lasts_longer_than_it_says_is_refused_and_nothing_leaves(client, world, univ, gwenael):
    content = bytearray(moving(6, codec="libx265"))
    at = content.find(b"mvhd") + 4
    ticks = int.from_bytes(content[at + 12 : at + 16], "big")
    lie = bytes(content[: at + 16] + ticks.to_bytes(4, "big") + content[at + 20 :])  # one second, it says
    with pytest.raises(Refused, match="it lasts longer than it says"):
        brought(lie, "houle.mp4")
    houle = brought(bytes(content), "houle.mp4")  # one that came before it was looked at so closely
    Medium.objects.update(seconds=1.0)
    houle.refresh_from_db()
    post = filmed(univ, houle)
    plan(post, by="the tests")

    Outbox().once()
    Films().once()
    Outbox().once()

    row = post.deliveries.get()
    assert (houle.seconds, row.state, online(world)) == (1.0, "refused", [])
    assert row.failure.startswith("No copy of “houle” could be made for this network: it lasts longer than it says.")
    client.force_login(gwenael)
    assert "it lasts longer than it says." in client.get(houle.get_absolute_url()).text


def test_a_film_that_is_not_as_large_as_it_says_is_refused(world, univ):
    content = bytearray(moving(1, codec="libx265"))
    at = content.find(b"tkhd") + 4
    content[at + 76 : at + 84] = (1600 << 16).to_bytes(4, "big") * 2
    post = filmed(univ, brought(bytes(content), "houle.mp4"))
    plan(post, by="the tests")

    Films().once()
    Outbox().once()

    assert (post.deliveries.get().state, online(world)) == ("refused", [])
    assert "its images are not as large as it says." in post.deliveries.get().failure


def test_a_film_held_upright_stays_upright_and_one_of_bright_light_is_brought_to_common_screens(world, univ, tmp_path):
    bright = ("-color_trc", "arib-std-b67", "-color_primaries", "bt2020", "-colorspace", "bt2020nc")
    upright = brought(moving(1, codec="libx265", size="180x320", more=bright), "debout.mp4")
    plan(filmed(univ, upright), by="the tests")

    Films().once()
    Outbox().once()

    seen = shown(received(world), tmp_path)
    assert (seen["width"], seen["height"], seen["codec"], seen["frames"]) == (180, 320, "h264", 25)


def test_a_film_whose_images_are_not_there_is_said_before_approval(client, univ, gwenael):
    content = bytearray(moving())
    at = content.find(b"mdat") + 4
    content[at : at + 100_000] = bytes(100_000)
    lie, true = brought(bytes(content), "ment.mp4"), brought(moving(0.1, sound=""), "une-image.mp4")
    posts = filmed(univ, lie), filmed(univ, true)
    Films().once()
    client.force_login(gwenael)

    pages = [client.get(post.get_absolute_url()).text for post in posts]

    assert "“ment” cannot be read here: look at it" in pages[0]
    assert "cannot be read here" not in pages[1]
    assert "“ment” cannot be read here" in client.get(lie.get_absolute_url()).text


def test_what_could_not_be_made_is_tried_again_when_somebody_asks(client, univ, gwenael):
    takes(univ, video_pixels=160 * 90, types=("image/jpeg", "video/mp4"))
    houle = brought(moving(), "houle.mp4", by=gwenael)
    post = filmed(univ, houle)
    houle.path.chmod(0o640)
    whole = houle.path.read_bytes()
    at = whole.find(b"mdat") + 4
    houle.path.write_bytes(whole[:at] + bytes(50_000) + whole[at + 50_000 :])
    Films().once()
    failed = FilmCopy.objects.get()
    refusal = str(refusal_of(Post.objects.get(pk=post.pk)))
    houle.path.write_bytes(whole)
    client.force_login(gwenael)

    client.post(reverse("publishing:remake_copy", args=[failed.pk]))
    Films().once()

    assert (failed.state, FilmCopy.objects.get().state) == ("impossible", "ready")
    assert "its images cannot be read to the end" in refusal
    assert refusal_of(Post.objects.get(pk=post.pk)) is None


def test_without_ffmpeg_what_to_do_is_said_and_the_rest_is_as_before(client, settings, world, univ, gwenael):
    settings.FFMPEG = "no"
    takes(univ, video_bytes=20_000)
    heavy = filmed(univ, brought(moving(size="640x360"), "lourde.mp4"))
    houle = filmed(univ, brought(moving(1, codec="libx265", size="64x64"), "houle.mp4"))
    client.force_login(gwenael)
    pages = [client.get(post.get_absolute_url()).text for post in (heavy, houle)]

    plan(houle, by="the tests")
    Films().once()
    Outbox().once()

    assert "This file is too heavy for this network: lourde." in pages[0]
    assert "have ffmpeg installed beside Lierre" in pages[0]
    assert "written in a way that not everybody can play (HEVC)" in pages[1]
    assert (houle.deliveries.get().state, refusal_of(heavy) is None) == ("confirmed", False)


def test_a_film_has_an_image_in_the_library(client, gwenael):
    houle = brought(moving(), "houle.mp4")
    Films().once()
    client.force_login(gwenael)

    image = client.get(reverse("publishing:medium_shown", args=[houle.pk, "petit"]))

    assert poster(houle) is not None
    assert b"".join(image.streaming_content).startswith(b"\xff\xd8\xff")
    assert f"/publications/mediatheque/{houle.pk}/apercu/petit/" in client.get(reverse("publishing:library")).text
