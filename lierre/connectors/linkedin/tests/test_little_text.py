"""What is written for LinkedIn is read there as it was meant, to the last sign."""

from hypothesis import given
from hypothesis import strategies as st

from lierre.connectors.linkedin.little import alike, read, written
from lierre.connectors.network import Media, Mention, Message, network
from simulators.linkedin_texts import as_read, cut

SIGNS = st.text(st.sampled_from("aé1 \n\\|{}@[]()<>#*_~👩‍👧.!«»"), max_size=60)


@given(st.one_of(SIGNS, st.text(max_size=80)))
def test_no_text_is_cut_and_every_sign_arrives(text):
    """Judged by the simulator, which reads by rules of its own."""
    sent = written(text)

    assert cut(sent) == sent
    assert as_read(sent) == text


@given(SIGNS, SIGNS)
def test_two_texts_are_alike_when_their_words_are(one, other):
    assert alike(written(one), written(one))
    if as_read(written(one)).split() and "".join(filter(str.isalnum, one)) != "".join(filter(str.isalnum, other)):
        assert not alike(written(one), written(other)) or not any(map(str.isalnum, one + other))


def test_a_mention_names_exactly_and_the_name_is_escaped_too():
    sent = written("Avec Armor (Énergies) !", [Mention("Armor (Énergies)", "urn:li:organization:2414183")])

    assert sent == "Avec @[Armor \\(Énergies\\)](urn:li:organization:2414183) !"
    assert as_read(sent) == "Avec Armor (Énergies) !"


def test_somebody_who_is_not_known_there_stays_plain_text():
    assert written("Avec @Armor", [Mention("@Armor")]) == "Avec \\@Armor"


def test_what_it_gives_back_is_read_as_what_was_meant():
    given_back = r"Venez {hashtag|\#|JPO} avec @[Armor](urn:li:organization:7) \(et vous\)"

    assert read(given_back) == "Venez #JPO avec Armor (et vous)"
    assert alike(given_back, written("Venez #JPO avec Armor (et vous)"))


def test_what_a_comment_and_a_film_cannot_carry_is_said_before(tmp_path):
    linkedin, film = network("linkedin"), tmp_path / "film.mp4"
    film.write_bytes(b"0" * 80_000)
    named = Message("Merci Armor", "key", mentions=(Mention("Armor", "urn:li:organization:7"),), part=2, parts=2)
    shown = Message("Voir", "key", media=(Media(film, "video/mp4", "Le port au matin"),))

    lost = [[each.code for each in linkedin.measure(said, linkedin.usual_limits()).lost] for said in (named, shown)]

    assert lost == [["in_a_comment"], ["alt_not_of_image"]]
