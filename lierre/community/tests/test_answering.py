"""The link of a question: looking writes nothing, pressing a button writes a record, and it opens nothing else."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from lierre.community.asking.permission import may_ask
from lierre.community.models import Ask
from lierre.community.models.ask import EDITABLE
from lierre.community.tests.graduates import graduate, sent_ask
from lierre.foundation.models import Entry
from lierre.people.erasing import erase
from lierre.people.merging import merge
from lierre.people.models import Person, Record
from lierre.people.rebuilding import rebuild
from lierre.privacy.models import Consent

pytestmark = pytest.mark.django_db

NEW = {
    "answer": "changed",
    "title": "Directrice des archives",
    "employer": "Houle Vive",
    "city": "Lorient",
    "started": "2025",
}


@pytest.fixture
def nolwenn(db) -> Person:
    return graduate("Nolwenn")


@pytest.fixture
def ask(solenn, nolwenn) -> Ask:
    return sent_ask(solenn, nolwenn)


@pytest.fixture
def link(ask) -> str:
    return reverse("community:answer", args=[ask.token])


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that the base holds, but open sessions."""
    models = [model for model in apps.get_models() if model._meta.app_label not in {"sessions", "contenttypes"}]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def current(person: Person) -> list[str]:
    return [str(position) for position in person.positions.filter(ended="")]


def test_looking_writes_nothing_whatever_follows_the_links_of_a_mail(client, ask, link):
    before = everything()

    for answer in ("", "?reponse=oui", "?reponse=change", "?reponse=stop", "?reponse=DROP"):
        assert client.get(link + answer).status_code == 200
        assert client.head(link + answer).status_code == 200
    client.get(reverse("community:stop_at_once", args=[ask.token]))

    assert everything() == before


def test_yes_is_a_new_testimony_of_today_by_the_person(client, ask, link, nolwenn):
    answer = client.post(link, {"answer": "same"})

    kept = Record.objects.filter(person=nolwenn).latest("pk")
    assert (answer.status_code, answer["Location"]) == (303, link)
    assert (kept.source.kind, kept.asserted_on) == ("member", timezone.localdate())
    assert kept.said == {"positions": [ask.about]}
    assert "Still archiviste at Armor Énergies?" in kept.reason
    assert current(nolwenn) == ["Archiviste, Armor Énergies"]
    assert Person.objects.get(pk=nolwenn.pk).heard_on == timezone.localdate()
    assert Entry.objects.of_verb("person.answered").about(nolwenn).count() == 1
    assert [sign.kind for sign in nolwenn.signs.all()] == ["answer"]  # the clock of retention begins again
    assert rebuild(only_check=True).differing == 0


def test_no_ends_the_former_position_and_says_the_new_one(client, link, nolwenn):
    client.post(link, NEW)

    former = nolwenn.positions.get(employer__label="Armor Énergies")
    assert current(nolwenn) == ["Directrice des archives, Houle Vive"]
    assert (former.ended, former.is_current) == ("2025", False)
    assert rebuild(only_check=True).differing == 0


def test_no_position_at_the_moment_is_an_answer(client, link, nolwenn):
    client.post(link, {"answer": "changed", "nothing": "on"})

    assert current(nolwenn) == []
    assert nolwenn.positions.get().ended == str(timezone.localdate().year)


def test_an_answer_that_says_nothing_is_asked_again(client, ask, link):
    page = client.post(link, {"answer": "changed", "city": "Brest"})

    assert page.status_code == 422
    assert "Say what you do, or where" in page.text
    ask.refresh_from_db()
    assert ask.answer == ""


def test_several_days_later_the_same_link_replaces_the_answer(client, ask, link, nolwenn):
    records = Record.objects.count()
    client.post(link, {"answer": "same"})
    client.post(link, {**NEW, "employer": "Houle Vife"})
    client.post(link, NEW)

    assert Record.objects.count() == records + 1
    assert current(nolwenn) == ["Directrice des archives, Houle Vive"]
    assert not nolwenn.positions.filter(employer__label="Houle Vife").exists()
    ask.refresh_from_db()
    assert (ask.answer, ask.state) == ("changed", "answered")
    assert rebuild(only_check=True).differing == 0


def test_a_fortnight_after_the_first_answer_the_link_is_closed(client, ask, link):
    client.post(link, {"answer": "same"})
    Ask.objects.filter(pk=ask.pk).update(answered_at=timezone.now() - EDITABLE - timedelta(minutes=1))
    records = Record.objects.count()

    assert client.get(link).status_code == 410
    assert client.post(link, NEW).status_code == 410
    assert Record.objects.count() == records


def test_a_link_that_was_never_answered_expires(client, ask, link):
    Ask.objects.filter(pk=ask.pk).update(expires_at=timezone.now() - timedelta(minutes=1))

    page = client.post(link, {"answer": "same"})

    assert page.status_code == 410
    assert "asks nothing any more" in page.text


def test_do_not_ask_me_any_more_is_kept_with_the_words_that_were_read(client, ask, link, nolwenn):
    page = client.get(link + "?reponse=stop").text
    client.post(link, {"answer": "stop"})
    client.post(link, {"answer": "stop"})

    kept = Consent.objects.get(person=nolwenn)
    assert (kept.said, kept.how, kept.purpose.key) == ("no", "link", "fiche")
    assert kept.words in page
    assert not may_ask(nolwenn)
    ask.refresh_from_db()
    assert (ask.state, ask.answer) == ("stopped", "stop")


def test_one_click_in_the_reader_of_mails_is_enough(ask, nolwenn):
    from django.test import Client

    stranger = Client(enforce_csrf_checks=True)

    answer = stranger.post(
        reverse("community:stop_at_once", args=[ask.token]), "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert answer.status_code == 200
    assert Consent.objects.get(person=nolwenn).said == "no"


def test_stopping_is_heard_even_when_the_link_is_too_old_to_answer(client, ask, nolwenn):
    Ask.objects.filter(pk=ask.pk).update(expires_at=timezone.now() - timedelta(days=300))
    address = reverse("community:stop_at_once", args=[ask.token])

    page = client.get(address)
    client.post(address)

    assert "Confirm" in page.text
    assert not may_ask(nolwenn)


def test_the_page_shows_the_question_and_nothing_else_of_the_person(client, link, nolwenn):
    page = client.get(link)

    assert "Still archiviste at Armor Énergies?" in page.text
    for hidden in ("Nolwenn", "Le Ster", "courriel.example", "Master", "2014", nolwenn.public_id):
        assert hidden not in page.text
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]


def test_after_the_answer_the_page_does_not_repeat_it(client, link):
    client.post(link, NEW)

    page = client.get(link).text

    assert "What you told us is noted." in page
    assert "Houle Vive" not in page


@pytest.mark.parametrize("token", ["unknown", "0" * 36])
def test_a_link_that_somebody_made_up_opens_nothing(client, ask, token):
    address = reverse("community:answer", args=[token])

    assert client.get(address).status_code == 410
    assert client.post(address, {"answer": "same"}).status_code == 410


def test_the_base_alone_does_not_give_the_link(ask, settings):
    kept = " ".join(str(value) for value in Ask.objects.filter(pk=ask.pk).values_list()[0])
    link = ask.token
    settings.SECRET_KEY = "another house"

    assert link not in kept
    assert ask.token != link


def test_the_link_dies_with_the_person(client, link, nolwenn, maiwenn):
    erase(nolwenn, by=maiwenn, reason="Elle l’a demandé.")

    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "same"}).status_code == 410
    assert Ask.objects.count() == 0


def test_a_message_that_has_not_left_has_no_link_yet(client, ask):
    Ask.objects.filter(pk=ask.pk).update(state="waiting")

    assert client.get(reverse("community:answer", args=[ask.token])).status_code == 410


def test_the_answer_of_someone_merged_meanwhile_goes_to_whom_they_have_become(client, link, nolwenn, solenn):
    other = graduate("Nolwen")
    merge(nolwenn, other, by=solenn, reason="La même personne.")

    client.post(link, NEW)

    assert "Directrice des archives, Houle Vive" in current(Person.objects.get(pk=other.pk))
