"""Files as strangers make them, and what is asked of the library years later: who is shown, whose it is, what nobody uses."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import Base

from lierre.foundation.errors import Refused
from lierre.publishing import composing
from lierre.publishing.library import films, variants
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.pictures import Wanted
from lierre.publishing.models import Likeness
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import WHERE, box, brought, film, number, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


def written(image: Image.Image, form: str, **how: object) -> bytes:
    into = BytesIO()
    image.save(into, form, **how)
    return into.getvalue()


def dashboard() -> bytes:
    """A film whose second track says where it was, beside the images; and again in a box that is said to be free."""
    places, images = WHERE.encode() * 20, b"seen" * 50
    head = box(b"ftyp", b"isom", number(0), b"isom") + box(b"free", WHERE.encode())
    mdat = box(b"mdat", images, places)
    first = len(head) + 8
    matrix = number(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    tkhd = box(b"tkhd", bytes(40), matrix, number(640 << 16, 360 << 16))

    def track(purpose: bytes, codec: bytes, place: int, size: int) -> bytes:
        stsd = box(b"stsd", bytes(4), number(1), number(86), codec, bytes(42), b"\x0bCamera 3000", bytes(24))
        stsc = box(b"stsc", bytes(4), number(1, 1, 1, 1))
        stsz = box(b"stsz", bytes(4), number(0, 1, size))
        table = box(b"stbl", stsd, stsc, stsz, box(b"stco", bytes(4), number(1, place)))
        hdlr = box(b"hdlr", bytes(8), purpose, bytes(12), b"Camera 3000\0")
        return box(b"trak", tkhd, box(b"mdia", hdlr, box(b"minf", table)))

    mvhd = box(b"mvhd", bytes(12), number(1000, 5000), bytes(80))
    tracks = track(b"vide", b"avc1", first, len(images)) + track(b"meta", b"gpmd", first + len(images), len(places))
    return head + mdat + box(b"moov", mvhd, tracks)


def test_where_a_film_was_made_is_blank_even_beside_its_images_and_they_stay():
    medium = brought(dashboard(), "route.mp4")

    content = variants.cleaned(medium).path.read_bytes()

    before = medium.path.read_bytes()
    assert (WHERE.encode() in before, b"Camera 3000" in before) == (True, True)
    assert (WHERE.encode() in content, b"Camera 3000" in content) == (False, False)
    assert b"seen" * 50 in content
    assert len(content) == medium.size
    assert films.read(variants.cleaned(medium).path, "route.mp4") == films.read(medium.path, "route.mp4")


def nested(times: int) -> bytes:
    inside = b""
    for _time in range(times):
        inside = box(b"moov", inside)
    return box(b"ftyp", b"isom", number(0), b"isom") + inside


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (nested(3_000), "it is made of too many pieces"),
        (box(b"ftyp", b"isom", number(0), b"isom") + box(b"free") * 30_000, "it is made of too many pieces"),
        (film().replace(b"isom", b"avis", 1), "HEIC or AVIF"),
        (b"II*\0" + bytes(60), "TIFF, BMP, PSD"),
        (b"PK\3\4" + bytes(60), "export it as PDF"),
        (b"ID3" + bytes(60), "is a sound"),
    ],
)
def test_a_file_made_to_hurt_or_of_another_trade_is_a_sentence(content, sentence):
    with pytest.raises(Refused, match=sentence):
        brought(content, "piege.mp4")


def test_greys_of_sixteen_bits_and_four_inks_keep_what_they_show():
    grey = brought(written(Image.new("I;16", (90, 60), 30_000), "PNG"), "scanner.png")
    inks = brought(written(Image.new("CMYK", (90, 60), (255, 0, 255, 0)), "JPEG"), "affiche.jpg")

    scanned, printed = (
        Image.open(variants.image(each, Wanted()).path).convert("RGB").getpixel((40, 30)) for each in (grey, inks)
    )

    assert all(abs(level - 117) < 4 for level in scanned)
    assert printed[1] > 200
    assert max(printed[0], printed[2]) < 60


def test_a_name_that_hides_its_end_or_leads_elsewhere_is_only_a_name():
    medium = brought(photograph(), "../../etc/hall\u202egpj.exe")
    long = brought(photograph(50, 50), "é" * 300 + ".jpg")

    assert (medium.name, medium.kind) == ("hall gpj.exe", "image")
    assert medium.path.is_relative_to(medium.path.parents[1])
    assert (len(long.name), long.name[-4:], len(long.title)) == (200, ".jpg", 150)


def test_whose_a_picture_is_is_read_from_its_file_and_leaves_with_no_copy():
    exif = Image.Exif()
    exif[Base.Artist], exif[Base.Copyright] = "M. Tanguy", "UBN"
    content = written(Image.new("RGB", (90, 60)), "JPEG", exif=exif)

    medium = brought(content, "hall.jpg")
    said = brought(content + b"\0", "hall-2.jpg", credit="Service communication")

    assert (medium.credit, said.credit) == ("M. Tanguy", "Service communication")
    assert b"Tanguy" not in variants.image(medium, Wanted()).path.read_bytes()


def test_a_medium_is_found_by_who_is_shown_and_no_longer_once_they_are_erased(client, gwenael):
    hall, other = (
        brought(photograph(), "hall.jpg", by=gwenael),
        brought(photograph(90, 90), "chœur d’été.jpg", by=gwenael),
    )
    said = {"name": "Léna Le Goff", "given_on": timezone.localdate(), "until": None, "proof": ""}
    likeness = Likeness.write_down(hall, said, by=gwenael)
    client.force_login(gwenael)

    def found(**asked: str) -> list[object]:
        return list(client.get(reverse("publishing:library"), asked).context["page"].rows)

    assert found(q="lena le goff") == [hall]
    assert found(q="CHOEUR d'ete") == [other]
    likeness.forget()
    assert (found(q="lena"), found(voir="interdit")) == ([], [hall])


def test_what_is_shown_nowhere_is_found_and_what_would_not_leave_is_said_first(client, gwenael, by_hand):
    hall, other = brought(photograph(), "hall.jpg", by=gwenael), brought(photograph(90, 90), "deux.jpg", by=gwenael)
    post = composing.write(composing.Draft(["Portes ouvertes"], [by_hand]), by=gwenael)
    attach(post, [hall], by=gwenael)
    client.force_login(gwenael)

    unused = client.get(reverse("publishing:library"), {"voir": "sans-usage"}).context["page"].rows
    page = client.get(hall.get_absolute_url()).text

    assert unused == [other]
    assert "1 post has not left: in the archive, this medium would keep it from leaving." in page
    assert "in the archive, this medium" not in client.get(other.get_absolute_url()).text


def test_what_may_no_longer_be_shown_is_not_handed_to_who_publishes_by_hand(client, gwenael, by_hand):
    hall = brought(photograph(), "hall.jpg", by=gwenael)
    post = composing.write(composing.Draft(["Portes ouvertes"], [by_hand]), by=gwenael)
    attach(post, [hall], by=gwenael)
    post.approve(by=gwenael)
    Outbox().once()
    hall.describe({"until": timezone.localdate() - timedelta(days=1)}, by=gwenael)
    client.force_login(gwenael)
    row, attachment = post.deliveries.get(), post.attachments.get()

    desk = client.get(reverse("publishing:desk")).text
    file = client.get(reverse("publishing:delivery_file", args=[row.pk, attachment.pk]))

    assert "The rights on “hall” end on" in desk
    assert "Take “hall”" not in desk
    assert file.status_code == 404
