"""What a file hides never leaves, even where it could not be made anew; the same picture is known again."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing import approving, composing
from lierre.publishing.charter.changing import write_rule
from lierre.publishing.library import variants
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.looks import alike
from lierre.publishing.library.pictures import Wanted
from lierre.publishing.library.tidying import tidy
from lierre.publishing.models import Medium
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import WHERE, brought, document, film, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


def scrapbook() -> bytes:
    """A page with a photograph as a camera made it, a remark of somebody who read it again, a file tucked in, a program."""
    writer = PdfWriter()
    page, image = writer.add_blank_page(200, 200), StreamObject()
    image._data = photograph()
    shape = {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB", "/Filter": "/DCTDecode"}
    image.update({NameObject(name): NameObject(value) for name, value in shape.items()})
    sizes = {"/Width": 640, "/Height": 480, "/BitsPerComponent": 8}
    image.update({NameObject(name): NumberObject(value) for name, value in sizes.items()})
    drawn = DictionaryObject({NameObject("/Im0"): writer._add_object(image)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    remark = FreeText(text="À revoir", rect=(10, 10, 90, 90))
    remark[NameObject("/T")] = TextStringObject(f"Somebody of {WHERE}")
    writer.add_annotation(0, remark)
    writer.add_attachment("notes.txt", WHERE.encode())
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    writer.add_metadata({"/Author": WHERE})
    into = BytesIO()
    writer.write(into)
    return into.getvalue()


def test_a_document_leaves_without_what_its_pictures_its_remarks_and_its_files_hide():
    medium = brought(scrapbook(), "album.pdf")

    content = variants.cleaned(medium).path.read_bytes()

    before = medium.path.read_bytes()
    assert WHERE.encode() in before
    assert b"Camera 3000" in before
    assert b"/OpenAction" in before
    for hidden in (WHERE.encode(), b"Camera 3000", b"/OpenAction", b"/JavaScript"):
        assert hidden not in content
    (page,) = PdfReader(BytesIO(content)).pages
    assert page.images[0].image.size == (640, 480)
    assert page["/Annots"][0].get_object()["/Contents"] == "À revoir"


@pytest.mark.parametrize(
    ("content", "name"), [(photograph(), "hall.jpg"), (document(), "rapport.pdf"), (film(), "houle.mp4")]
)
def test_an_original_never_leaves_in_place_of_a_copy_that_cannot_be_made(world, univ, monkeypatch, content, name):
    def full(*_words: object) -> None:
        raise OSError("No space left on device")

    medium = brought(content, name)
    post, other = (composing.write(composing.Draft([text], [univ]), by="the tests") for text in ("La houle", "Portes"))
    attach(post, [medium], by="the tests")
    for each in (post, other):
        each.approve(by="the tests")
    monkeypatch.setattr("lierre.publishing.library.variants.coming", full)

    Outbox().once()

    row = post.deliveries.get()
    assert (row.state, row.failure) == ("refused", f"This file is no longer here: {medium}.")
    assert (other.deliveries.get().state, world.files.kept) == ("confirmed", {})


def test_a_picture_of_forty_megapixels_is_brought_near_its_size_first_and_keeps_its_colours():
    image = Image.new("RGB", (4_000, 2_000), "white")
    image.paste((200, 30, 30), (0, 0, 2_000, 2_000))
    into = BytesIO()
    image.save(into, "PNG")
    medium = brought(into.getvalue(), "drapeau.png")

    made = variants.image(medium, Wanted(edge=400))

    seen = Image.open(made.path).convert("RGB")
    assert seen.size == (400, 200)
    assert all(abs(one - other) < 12 for one, other in zip(seen.getpixel((50, 100)), (200, 30, 30), strict=True))
    assert min(seen.getpixel((350, 100))) > 240


def drawn(form: str = "PNG", size: tuple[int, int] = (800, 500), **how: int) -> bytes:
    """A picture where there is something to see."""
    image = Image.radial_gradient("L").resize((800, 500)).convert("RGB")
    image.paste((200, 30, 30), (60, 40, 300, 260))
    image.paste((20, 60, 200), (500, 300, 760, 460))
    into = BytesIO()
    image.resize(size).save(into, form, **how)
    return into.getvalue()


def test_a_picture_that_was_saved_again_is_known_again(client, gwenael):
    hall = brought(drawn(), "hall.png", by=gwenael)
    other = brought(photograph(), "vert.jpg", by=gwenael)
    again = brought(drawn("JPEG", (400, 250), quality=60), "hall-petit.jpg", by=gwenael)
    client.force_login(gwenael)

    page = client.get(again.get_absolute_url()).text

    assert alike(again) == [hall]
    assert alike(other) == []
    assert "The same picture?" in page
    assert hall.get_absolute_url() in page
    assert "The same picture?" not in client.get(other.get_absolute_url()).text


def test_the_charter_asks_what_images_show_and_not_what_a_document_does(by_hand, gwenael):
    write_rule(
        {"kind": "alternative", "name": "Décrire", "why": "Pour qui ne voit pas.", "severity": "blocks"}, by=gwenael
    )
    paper, picture = (composing.write(composing.Draft([text], [by_hand]), by=gwenael) for text in ("Rapport", "Hall"))
    attach(paper, [brought(document(), "rapport.pdf")], by=gwenael)
    attach(picture, [brought(photograph(), "hall.jpg")], by=gwenael)

    approving.plan(paper, by=gwenael)

    assert paper.state == "approved"
    with pytest.raises(Refused):
        approving.plan(picture, by=gwenael)


def test_a_film_too_short_or_too_light_for_a_network_is_said_before_approval(tmp_path):
    file = tmp_path / "houle.mp4"
    file.write_bytes(bytes(100))
    message = net.Message("La houle", "key", media=(net.Media(file, "video/mp4", "Des vagues.", "houle", seconds=2),))
    network = net.network("linkedin")

    refused = {each.code for each in network.measure(message, network.usual_limits()).refused}

    assert refused == {"too_short", "too_light"}


def test_pictures_that_came_before_are_looked_at_too_and_those_of_the_archive_are_let_be(gwenael):
    hall, again = brought(drawn(), "hall.png"), brought(drawn("JPEG", quality=70), "hall.jpg")
    Medium.objects.update(look="")

    tidy()
    found = alike(Medium.objects.get(pk=again.pk))
    hall.put_aside(by=gwenael)

    assert found == [hall]
    assert alike(Medium.objects.get(pk=again.pk)) == []
