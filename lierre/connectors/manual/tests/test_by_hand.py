"""A person publishes by hand: everything is ready for them, and the address that they paste is the proof."""

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from lierre.connectors.manual import PLACES, task_of
from lierre.connectors.network import (
    Attempts,
    Invalid,
    Key,
    Link,
    Media,
    Message,
    NotSupported,
    Outcome,
    Receipt,
    UnknownOutcome,
    Verdict,
    network,
)
from tests.networks.pictures import picture

manual = network("manual")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def account(address, name="Université de Bretagne-Nord"):
    return manual.authorise(Key("", name, address))[0]


def test_the_network_is_read_in_the_address_of_the_account():
    assert account("https://www.linkedin.com/school/ubn/").credentials.kept["place"] == "linkedin"
    assert account("https://www.instagram.com/ubn").credentials.kept["place"] == "instagram"
    assert account("https://reseau.example/ubn").credentials.kept["place"] == "reseau.example"


def test_what_is_to_be_pasted_is_ready_with_its_files_and_their_descriptions(tmp_path):
    media = Media(picture(tmp_path), "image/png", "Une affiche verte")
    message = Message("Venez ! #JPO", "key", link=Link("https://ubn.example/jpo"), media=(media,))

    task = task_of(account("https://www.linkedin.com/school/ubn/"), message)

    assert task.text == "Venez ! #JPO\n\nhttps://ubn.example/jpo"
    assert (task.is_prefilled, task.media, task.alternatives) == (True, (media,), ("Une affiche verte",))
    assert unquote(task.composer).endswith(f"text={task.text}")
    assert task.composer.startswith("https://www.linkedin.com/")


def test_a_network_where_nothing_can_be_filled_in_is_only_opened():
    task = task_of(account("https://www.instagram.com/ubn"), Message("Venez", "key"))

    assert (task.is_prefilled, task.composer) == (False, "https://www.instagram.com/")
    # Facebook lets a link be filled in, never a text.
    task = task_of(
        account("https://www.facebook.com/ubn"), Message("Venez", "key", link=Link("https://ubn.example/jpo"))
    )
    assert (task.is_prefilled, "ubn.example" in task.composer) == (False, True)
    assert (
        task_of(account("https://www.facebook.com/ubn"), Message("Venez", "key")).composer
        == "https://www.facebook.com/"
    )


def test_the_part_that_this_one_answers_is_shown():
    first = Receipt("https://x.com/ubn/status/1", "https://x.com/ubn/status/1")

    assert (
        task_of(account("https://x.com/ubn"), Message("La suite", "key", part=2, parts=2, after=first)).after
        == first.permalink
    )


def test_it_is_published_by_somebody_whom_we_believe_with_the_address():
    ours = account("https://www.linkedin.com/school/ubn/")
    prepared = manual.prepare(ours, Message("Venez", "key"), NOW)

    with pytest.raises(UnknownOutcome) as asked:
        manual.publish(ours, prepared)
    verdict = manual.confirm(ours, prepared, Attempts(1, NOW, NOW)).verdict
    receipt = manual.adopt(ours, " https://www.linkedin.com/feed/update/urn:li:share:1/ ")

    assert (asked.value.outcome, verdict) == (Outcome.UNKNOWN, Verdict.PERSON)
    assert "by hand" in asked.value.sentence
    assert receipt.permalink == "https://www.linkedin.com/feed/update/urn:li:share:1/"


@pytest.mark.parametrize(
    "pasted",
    ["", "done", "https://www.linkedin.com/", "https://x.com/ubn/status/1", "javascript:alert(1)",
     "https://www.linkedin.com/a https://www.linkedin.com/b", "https://notlinkedin.com/feed/update/1"],
)  # fmt: skip
def test_what_is_no_address_of_that_network_is_no_proof(pasted):
    with pytest.raises(Invalid):
        manual.adopt(account("https://www.linkedin.com/school/ubn/"), pasted)


def test_a_network_that_is_closed_keeps_its_account_and_takes_nothing_more():
    viadeo = account("https://www.viadeo.com/fr/company/ubn")

    measure = manual.measure(Message("Venez", "key"), manual.limits(viadeo))

    assert [remark.code for remark in measure.refused] == ["closed"]
    assert (manual.check(viadeo).missing, PLACES["viadeo"].where_to_write("Venez")) == (("closed",), "")


def test_each_network_counts_as_it_does():
    x, bluesky = account("https://x.com/ubn"), account("https://bsky.app/profile/ubn.example")
    message = Message("Venez ! https://ubn.example/" + "a" * 100, "key")

    assert manual.measure(message, manual.limits(x)).counts[0].value == 8 + 23
    counts = manual.measure(Message("👩‍👩‍👧‍👦", "key"), manual.limits(bluesky)).counts
    assert [(count.unit, count.value) for count in counts] == [("graphemes", 1), ("bytes", 25)]
    # Nobody knows how much an unknown network takes: nothing is refused.
    unknown = manual.limits(account("https://reseau.example/ubn"))
    assert manual.measure(Message("a" * 100_000, "key"), unknown).fits


def test_what_only_a_machine_could_do_is_not_pretended():
    ours = account("https://x.com/ubn")

    assert manual.fetch_interactions(ours).items == ()
    assert list(manual.fetch_metrics(ours, [Receipt("https://x.com/ubn/status/1")])) == []
    with pytest.raises(NotSupported):
        manual.delete(ours, Receipt("https://x.com/ubn/status/1"))
    assert manual.capabilities().by_hand
