"""The pages of asking: whom, why, the message, what came of it."""

import pytest
from django.urls import reverse

from lierre.community.asking.weighing import weigh
from lierre.community.models import Ask, Campaign
from lierre.community.tests.graduates import TODAY, graduate, prepared, sent_ask
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.people.freshness.counting import count_freshness

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, solenn):
    client.force_login(solenn)
    return client


def test_the_queue_says_whom_and_why(office):
    graduate("Nolwenn", day=TODAY.replace(year=2021))
    count_freshness(TODAY)
    weigh(TODAY)

    page = office.get(reverse("community:asking")).text

    assert "1 person could usefully be asked one question." in page
    assert "Still archiviste at Armor Énergies?" in page
    assert "said 5 years ago, so changed with" in page
    assert "address proven" in page
    assert "one position in seven is supposed to change each year" in page


def test_before_the_first_night_and_when_there_is_nobody_it_says_so(office):
    before = office.get(reverse("community:asking")).text
    weigh(TODAY)

    after = office.get(reverse("community:asking")).text

    assert "Nobody has been weighed yet." in before
    assert "Nobody just now" in after


def test_the_pages_ask_few_questions(office, solenn, django_assert_max_num_queries):
    for number in range(12):
        graduate(f"Nolwenn{number}")
    campaign = prepared(solenn, wanted=8)
    addresses = [reverse("community:asking"), campaign.get_absolute_url()]
    for address in addresses:
        office.get(address)

    for address in addresses:
        with django_assert_max_num_queries(12):
            assert office.get(address).status_code == 200


def test_a_campaign_is_prepared_read_sent_and_stopped(office, solenn):
    graduate("Nolwenn")
    weigh(TODAY)
    prepared_one = office.post(reverse("community:asking"), {"wanted": "5", "word": "Bonjour de Brest."})
    campaign = Campaign.objects.get()
    page, token = office.get(prepared_one["Location"]).text, campaign.asks.get().token

    office.post(reverse("community:campaign_act", args=[campaign.pk, "envoyer"]))
    sending = office.get(campaign.get_absolute_url()).text
    office.post(reverse("community:campaign_act", args=[campaign.pk, "arreter"]))

    assert "1 person would be asked one question: everybody. Nothing has left." in page
    assert "Hello Nolwenn," in page
    assert "/preferences/" not in page + sending
    assert token not in page + sending  # the office cannot answer in her place
    assert "Bonjour de Brest." in page
    assert "1 message waits for its turn." in sending
    campaign.refresh_from_db()
    assert campaign.state == "stopped"
    verbs = ["campaign.prepared", "campaign.sent", "campaign.stopped"]
    assert [Entry.objects.of_verb(verb).get().actor_id for verb in verbs] == [solenn.pk] * 3


def test_a_wrong_scope_is_said_beside_its_field(office):
    graduate("Nolwenn")
    weigh(TODAY)

    page = office.post(reverse("community:asking"), {"wanted": "5", "first_class": "2020", "last_class": "2010"})

    assert page.status_code == 422
    assert "The last class comes before the first" in page.text


def test_the_answers_and_the_returns_are_shown(office, solenn):
    ask = sent_ask(solenn, graduate("Nolwenn"))
    office.post(reverse("community:answer", args=[ask.token]), {"answer": "same"})

    page = office.get(ask.campaign.get_absolute_url()).text

    assert "1 sent, 1 answered." in page
    assert "nothing has changed" in page


def test_an_act_that_does_not_exist_is_not_found(office, solenn):
    graduate("Nolwenn")
    campaign = prepared(solenn)

    assert office.post(reverse("community:campaign_act", args=[campaign.pk, "effacer"])).status_code == 404


def test_only_the_alumni_office_asks(client, gwenael, helene):
    for user in (gwenael, helene):
        client.force_login(user)
        assert client.get(reverse("community:asking")).status_code == 403


def test_looking_at_the_queue_leaves_one_trace(office, solenn):
    graduate("Nolwenn", audience_name=[])
    weigh(TODAY)

    office.get(reverse("community:asking"))
    office.get(reverse("community:asking"))

    assert Entry.objects.of_verb("campaign.listed").get().details == {"hidden": 1, "total": 1}


def test_what_was_asked_of_someone_is_shown_and_erased_with_them(solenn):
    ask = sent_ask(solenn, graduate("Nolwenn"))
    holdings = {each.model: each for each in register() if each.model.startswith("community.")}

    (shown,) = holdings["community.ask"].export(ask.person)
    erased = {model: holding.erase(ask.person) for model, holding in holdings.items() if holding.erase}

    assert shown["wording"] == "Still archiviste at Armor Énergies?"
    assert {model: count for model, count in erased.items() if count} == {"community.ask": 1, "community.candidate": 1}
    assert Ask.objects.count() == 0
    assert {name for holding in holdings.values() for name in holding.unknown_fields()} == set()
