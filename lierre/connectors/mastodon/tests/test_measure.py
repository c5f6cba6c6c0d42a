"""A message is counted as the server counts it, and what it will not show is said before."""

from lierre.connectors.network import Limits, Link, Media, Message, Visibility, network

mastodon = network("mastodon")
USUAL = mastodon.usual_limits()


def test_addresses_count_for_what_the_server_says():
    text = "Venez ! https://ubn.example/" + "a" * 200

    (count,) = mastodon.measure(Message(text, "key"), USUAL).counts
    (elsewhere,) = mastodon.measure(Message(text, "key"), Limits(text=500, url_counts_for=32)).counts

    assert (count.value, elsewhere.value) == (8 + 23, 8 + 32)


def test_a_family_of_emoji_is_one_sign_and_somebody_elsewhere_is_their_first_name():
    (count,) = mastodon.measure(Message("👩‍👩‍👧‍👦@solenn@une-universite.example", "key"), USUAL).counts

    assert count.value == 1 + len("@solenn")


def test_the_warning_counts_too_and_the_limit_is_the_server_s():
    measure = mastodon.measure(Message("a" * 495, "key", warning="Triste"), USUAL)

    assert (measure.counts[0].value, measure.fits) == (501, False)
    assert mastodon.measure(Message("a" * 495, "key", warning="Triste"), Limits(text=5_000)).fits


def test_the_address_of_the_link_is_written_and_its_card_is_not_ours():
    message = Message("Venez", "key", link=Link("https://ubn.example/jpo", "Portes ouvertes"))

    measure = mastodon.measure(message, USUAL)

    assert measure.counts[0].value == len("Venez\n\n") + 23
    assert [remark.code for remark in measure.lost] == ["card"]


def test_what_would_be_refused_is_said_before(tmp_path):
    heavy = tmp_path / "lourde.png"
    heavy.write_bytes(b"a" * 200)
    files = (
        Media(heavy, "image/png", "a" * 2_000),
        Media(tmp_path / "partie.jpg", "image/jpeg"),
        Media(heavy, "image/tiff"),
    )

    measure = mastodon.measure(
        Message("", "key", media=files * 2, visibility=Visibility.FOLLOWERS), Limits(media=4, image_bytes=100, alt=1_500,
        types=("image/png", "image/jpeg")),
    )  # fmt: skip

    assert {remark.code for remark in measure.refused} == {"too_many", "too_heavy", "alt", "missing", "type"}
    assert not measure.fits


def test_an_address_that_opens_from_inside_alone_is_said_before():
    message = Message("Voir http://intranet/jpo et https://ubn.example", "key", link=Link("http://192.168.1.4/jpo"))

    measure = mastodon.measure(message, USUAL)

    assert [(remark.code, remark.about) for remark in measure.refused] == [
        ("inside", "http://intranet/jpo"), ("inside", "http://192.168.1.4/jpo"),
    ]  # fmt: skip


def test_a_document_will_not_be_sent(tmp_path):
    document = tmp_path / "plaquette.pdf"
    document.write_bytes(b"%PDF-1.7")

    measure = mastodon.measure(Message("Voici", "key", media=(Media(document, "application/pdf"),)), USUAL)

    assert [(remark.code, remark.about) for remark in measure.lost] == [("not_shown", "plaquette.pdf")]
