"""What is brought is known by its content and kept as it came; what leaves is made anew, with nothing hidden in it."""

import os
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from lierre.foundation.errors import Refused
from lierre.publishing.library import films, papers, variants
from lierre.publishing.library.pictures import Wanted
from lierre.publishing.library.storing import bring, bring_all
from lierre.publishing.library.tidying import tidy
from lierre.publishing.models import Medium
from lierre.publishing.tests.media import WHERE, brought, document, film, number, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


def a_large_png(width: int, height: int) -> bytes:
    """Some kilobytes that unfold into as many points as one likes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return number(len(data)) + kind + data + number(zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    line = b"\0" * (width + 1)
    data = b"".join(rows.compress(line) for _row in range(height)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_file_is_kept_once_and_as_it_came():
    content = photograph()

    first, is_new = bring("hall_de_la_penfeld.jpg", BytesIO(content), by="the tests")
    again, is_new_again = bring("autre-nom.jpg", BytesIO(content), by="the tests")

    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    assert (first.title, first.kind, first.width, first.height) == ("hall de la penfeld", "image", 640, 480)
    assert first.path.read_bytes() == content


def test_what_a_file_is_comes_from_what_it_holds():
    assert brought(photograph(), "film.mp4").kind == "image"
    assert brought(film(), "photo.jpg").type == "video/mp4"
    assert brought(document(3), "image.png").pages == 3


def test_a_photograph_of_forty_megapixels_is_taken_and_leaves_smaller():
    medium = brought(a_large_png(8000, 5000), "grande.png")

    made = variants.image(medium, Wanted(edge=2048, weight=1_000_000))

    assert (medium.width, medium.height) == (8000, 5000)
    assert (made.width, made.height) == (2048, 1280)
    assert made.path.stat().st_size <= 1_000_000


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "rien.jpg", "rien.jpg is empty."),
        (a_large_png(40_000, 2_000), "bombe.png", "40000 × 2000 points: 60 million at most"),
        (photograph()[:700], "coupee.jpg", "damaged, or cut"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo.svg", "which may hold a program"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "iphone.heic", "HEIC or AVIF"),
        (b"MZ\x90\0" + bytes(100), "photo.jpg", "no image, no film and no PDF"),
        (film()[:-40], "cinq.mp4", "its end is missing"),
        (film(seconds=0), "cinq.mp4", "does not say how long it lasts"),
        (film(handler=b"soun"), "cinq.mp4", "it holds no images"),
        (film(codec=b"xxxx"), "cinq.mp4", "no network reads the way its images are written"),
        (film(place=9_000_000), "cinq.mp4", "its index leads nowhere"),
        (b"\0\0\0\x18ftypisom" + bytes(12) + b"\0\0\x10\0mdat" + bytes(20), "cinq.mp4", "its end is missing"),
        (b"%PDF-1.7\nnothing of a document", "rapport.pdf", "says that it is a PDF, and cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_a_sentence_and_nothing_is_kept(content, name, sentence):
    with pytest.raises(Refused) as refusal:
        bring(name, BytesIO(content), by="the tests")

    assert sentence in str(refusal.value)
    assert name in str(refusal.value)
    assert not Medium.objects.exists()


def test_an_image_that_moves_is_asked_for_as_a_film():
    into = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green")]
    frames[0].save(into, "GIF", save_all=True, append_images=frames[1:])

    with pytest.raises(Refused, match="moves"):
        brought(into.getvalue(), "danse.gif")


def test_one_file_that_cannot_be_read_keeps_no_other_out():
    files = [("a.jpg", BytesIO(photograph())), ("b.svg", BytesIO(b"<svg/>")), ("c.pdf", BytesIO(document()))]

    found = bring_all(files, by="the tests")

    assert [medium.name for medium in found.new] == ["a.jpg", "c.pdf"]
    assert len(found.refused) == 1


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_nothing_of_the_camera_nor_of_the_place_leaves(form):
    content = photograph(form=form)
    medium = brought(content, "hall.img")

    made = variants.image(medium, Wanted())

    left = Image.open(made.path)
    assert b"Camera 3000" in content
    assert not dict(left.getexif())
    assert not set(left.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert b"Camera 3000" not in made.path.read_bytes()
    assert WHERE.encode() not in made.path.read_bytes()
    assert medium.path.read_bytes() == content


def test_a_photograph_taken_upright_leaves_upright():
    medium = brought(photograph(600, 400, turned=6))

    made = variants.image(medium, Wanted())

    assert (medium.width, medium.height) == (400, 600)
    assert (made.width, made.height) == (400, 600)


def test_a_cut_keeps_what_matters():
    image = Image.new("RGB", (400, 200), "white")
    image.paste("red", (360, 0, 400, 200))
    into = BytesIO()
    image.save(into, "PNG")
    medium = brought(into.getvalue(), "rouge.png")

    right = variants.image(medium, Wanted(shape=(1.0, 1.0)), (100, 50))
    left = variants.image(medium, Wanted(shape=(1.0, 1.0)), (0, 50))

    assert right.path != left.path
    red = Image.open(right.path).convert("RGB").getpixel((190, 100))
    white = Image.open(left.path).convert("RGB").getpixel((190, 100))
    assert (red[0] > 200, red[1] < 60) == (True, True)
    assert min(white) > 240


def test_a_variant_is_made_once_then_served_and_is_light_enough():
    noise = Image.effect_noise((1200, 900), 90).convert("RGB")
    into = BytesIO()
    noise.save(into, "JPEG", quality=95)
    medium = brought(into.getvalue(), "bruit.jpg")

    made = variants.image(medium, Wanted(weight=120_000))
    written = made.path.stat().st_mtime_ns
    again = variants.image(medium, Wanted(weight=120_000))

    assert made.path.stat().st_size <= 120_000
    assert (again, again.path.stat().st_mtime_ns) == (made, written)


def test_a_film_leaves_without_what_says_where_and_its_index_stays_true():
    medium = brought(film(), "cinq.mp4")

    made = variants.cleaned(medium)

    content = made.path.read_bytes()
    assert (medium.seconds, medium.width, medium.height) == (5.0, 640, 360)
    assert WHERE.encode() not in content
    assert len(content) == medium.size
    assert films.read(made.path, "cinq.mp4") == films.read(medium.path, "cinq.mp4")


def test_a_document_leaves_without_its_author():
    medium = brought(document(4), "rapport.pdf")

    made = variants.cleaned(medium)

    assert WHERE.encode() in medium.path.read_bytes()
    assert WHERE.encode() not in made.path.read_bytes()
    assert papers.read(made.path, "rapport.pdf") == 4


def test_old_copies_go_and_are_made_again_and_no_original_ever_goes():
    medium = brought(photograph())
    made = variants.image(medium, Wanted())
    for path in (made.path, medium.path):
        os.utime(path, (0, 0))

    gone = tidy()

    assert (gone, made.path.exists(), medium.path.exists()) == (1, False, True)
    assert variants.image(medium, Wanted()).path.is_file()
