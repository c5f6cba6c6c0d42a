"""Lost classmates: a way is proposed, one message leaves, the person decides, and nobody else learns."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.accounts.models import User
from lierre.community.models import Barring, Proposal, Silence
from lierre.community.reaching import sending
from lierre.community.reaching.duties import destroy_unanswered, send_invitations
from lierre.community.reaching.permission import mark_of_address
from lierre.community.reaching.proposing import MOST_A_WEEK, propose
from lierre.community.tests.graduates import graduate, renew_purposes
from lierre.community.tests.sink import mail_server
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.people.choosing import choose_audiences
from lierre.people.directory import snapshot
from lierre.people.models import ContactPoint, Person
from lierre.privacy.models import Consent, Contact, Purpose, Suppression

pytestmark = pytest.mark.django_db
HERS = "denez.retrouve@courriel.example"


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    snapshot.forget()
    renew_purposes()


@pytest.fixture
def sink(settings):
    with mail_server() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "Bureau des diplômés <diplomes@ubn.example>"
        yield sink


@pytest.fixture
def nolwenn(university) -> Person:
    """Graduate of 2014, signed in."""
    person = graduate("Nolwenn")
    user = someone("Nolwenn Le Ster", "nolwenn@ici.example", "graduate", university)
    Person.objects.filter(pk=person.pk).update(account=user)
    person.refresh_from_db()
    return person


@pytest.fixture
def denez(university) -> Person:
    """Of the same class. Mail comes back from the only address that is known."""
    return graduate("Denez", contacts=[{"kind": "email", "value": "d@etu.ubn.example", "refused": True}])


def offer(client: Any, by: Person, person: Person, address: str = HERS) -> Any:
    client.force_login(by.account)
    form = {"person": person.public_id, "email": address}
    return client.post(reverse("community:propose_way"), form, follow=True)


def listed(client: Any, user: User | None) -> str:
    client.force_login(user)
    return client.get(reverse("community:lost")).text


def link_in(sink: Any) -> str:
    found = re.search(r"/retrouvailles/[a-zA-Z0-9]+/", "\n".join(sink.links()))
    assert found is not None
    return found[0]


def test_whom_the_school_cannot_reach_is_shown_to_their_class(client, nolwenn, denez):
    graduate("Reachable")
    graduate("Other", contacts=None, studies=[{"degree": "Licence Droit", "year": 2014}])
    graduate("Later", contacts=None, year=2015)
    hidden = graduate("Cachee", contacts=None)
    choose_audiences(hidden, {"name": []}, by="the tests")
    unclassed = graduate("Sans", contacts=None)
    choose_audiences(unclassed, {"name": ["graduates"], "study": []}, by="the tests")

    page = listed(client, nolwenn.account)

    assert "Denez Le Ster" in page
    for absent in ("Reachable", "Other", "Later", "Cachee", "Sans Le Ster", "d@etu.ubn.example"):
        assert absent not in page


def test_whoever_asked_for_silence_is_not_told_apart(client, nolwenn, denez, sink):
    quiet = graduate("Enora", contacts=None, do_not_contact=True)

    assert "Enora Le Ster" in listed(client, nolwenn.account)
    told = offer(client, nolwenn, quiet)
    send_invitations()

    assert "Thank you." in told.text
    assert sink.received == []
    assert (Proposal.objects.get().state, Proposal.objects.get().address) == ("dropped", "")


def test_one_message_leaves_and_it_names_nobody(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    for _again in range(2):
        send_invitations()

    ((_path, to, received),) = sink.received
    text = received.get_body(("plain",)).get_content()
    assert to == HERS
    for name in ("Denez", "Nolwenn", "Le Ster", "Statistique"):
        assert name not in f"{received['Subject']} {text}"
    assert Contact.objects.get().service == "community.reaching"


def test_yes_asks_who_they_are_then_the_address_is_theirs(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    send_invitations()
    client.logout()
    path = link_in(sink)

    seen = client.get(path)
    wrong = client.post(path, {"answer": "yes", "family": "Le Goff", "year": "2014"})
    right = client.post(path, {"answer": "yes", "family": "le ster", "year": "2014"}, follow=True)

    point = ContactPoint.objects.get(value=HERS)
    proposal = Proposal.objects.get()
    assert "Denez" not in seen.text
    assert "2 tries are left" in wrong.text
    assert "Welcome back." in right.text
    assert (point.person, point.confirmed) == (denez, True)
    assert (proposal.state, proposal.address) == ("accepted", "")


def test_somebody_who_is_lost_from_sight_is_found_again(client, nolwenn, sink):
    lost = graduate("Enora", lost=True)
    offer(client, nolwenn, lost)
    send_invitations()

    client.post(link_in(sink), {"answer": "yes", "family": "Le Ster", "year": "2014"})

    lost.refresh_from_db()
    assert lost.lost is False


def test_three_wrong_answers_destroy_the_address(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    send_invitations()
    client.logout()
    for _try in range(3):
        client.post(link_in(sink), {"answer": "yes", "family": "Le Goff", "year": "2014"})

    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.address) == ("refused", "")
    assert not ContactPoint.objects.filter(value=HERS).exists()


def test_no_destroys_the_address_and_the_proposer_learns_nothing(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    before = listed(client, nolwenn.account)
    send_invitations()
    client.logout()
    client.post(link_in(sink), {"answer": "no"})

    after = listed(client, nolwenn.account)

    assert Proposal.objects.get().address == ""
    assert main(before) == main(after)


def test_the_page_of_the_proposer_is_the_same_when_they_say_yes(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    before = listed(client, nolwenn.account)
    send_invitations()
    client.logout()
    client.post(link_in(sink), {"answer": "yes", "family": "Le Ster", "year": "2014"})

    assert main(before) == main(listed(client, nolwenn.account))


def main(page: str) -> str:
    return re.sub(
        r'value="[A-Za-z0-9]{64}"|<p class="notice.*?</p>|<div class="notice.*?</div>',
        "",
        page[page.index("<h1") : page.index("</main>")],
    )


def test_never_is_remembered_by_a_mark_alone(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    send_invitations()
    client.logout()
    client.post(link_in(sink), {"answer": "never"})
    other = graduate("Enora", contacts=None)

    offer(client, nolwenn, other)
    send_invitations()

    assert Silence.objects.count() == 1
    assert HERS not in str(Silence.objects.values_list("mark"))
    assert len(sink.received) == 1


def test_an_unanswered_address_is_destroyed_after_thirty_days(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    send_invitations()
    Proposal.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    client.logout()
    late = client.post(link_in(sink), {"answer": "yes", "family": "Le Ster", "year": "2014"})

    told = destroy_unanswered()

    assert "its time is over" in late.text
    assert told == "1 address destroyed."
    assert (Proposal.objects.get().state, Proposal.objects.get().address) == ("expired", "")


def test_the_address_of_somebody_who_was_erased_is_not_written_to(client, nolwenn, denez, sink):
    Suppression.objects.create(mark=mark_of_address(HERS), together="one")

    offer(client, nolwenn, denez, HERS.upper())
    send_invitations()

    assert sink.received == []
    assert Proposal.objects.get().failure == "suppressed"


def test_the_budget_of_the_person_is_honoured(client, nolwenn, denez, sink):
    purpose = Purpose.objects.get(key="fiche", population="graduates")
    for day in (10, 20):
        Contact.objects.create(person=denez, purpose=purpose, service="another", channel="email",
                               at=timezone.now() - timedelta(days=day))  # fmt: skip

    offer(client, nolwenn, denez)
    send_invitations()

    assert sink.received == []
    assert Proposal.objects.get().state == "dropped"


@pytest.mark.parametrize("said", ["pause", "restrict", "no"])
def test_what_they_said_to_privacy_is_honoured(client, nolwenn, denez, sink, said):
    Consent.write(denez, said, how="link", words="Écrivez-moi moins.", by="the tests")

    offer(client, nolwenn, denez)
    send_invitations()

    assert sink.received == []


def test_an_address_is_proposed_once_and_whoever_proposes_it_again_is_told_the_same(client, nolwenn, denez, university):
    first = offer(client, nolwenn, denez)
    again = offer(client, nolwenn, denez)

    assert main(first.text) == main(again.text)
    assert Proposal.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.keep(denez, HERS, Proposal.objects.get().mark, proposer=nolwenn, by="the tests")


def test_the_database_keeps_no_address_of_what_is_over(nolwenn, denez):
    propose(denez, HERS, proposer=nolwenn, by=nolwenn.account)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state="refused")


def test_a_few_a_week(client, nolwenn):
    for number in range(MOST_A_WEEK):
        offer(client, nolwenn, graduate(f"Perdu{number}", contacts=None), f"p{number}@courriel.example")

    told = offer(client, nolwenn, graduate("Encore", contacts=None), "encore@courriel.example")

    assert "Go on next week" in told.text
    assert Proposal.objects.count() == MOST_A_WEEK


def test_nobody_is_proposed_whom_one_does_not_see_in_the_list(client, nolwenn):
    hidden = graduate("Cachee", contacts=None)
    choose_audiences(hidden, {"name": []}, by="the tests")

    for person in (hidden, graduate("Reachable")):
        assert offer(client, nolwenn, person).status_code == 404


def test_abuse_is_reported_and_the_office_bars_whoever_proposed(client, solenn, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    send_invitations()
    client.logout()
    client.post(link_in(sink), {"answer": "report"})
    client.force_login(solenn)
    page = client.get(reverse("community:reports"))
    client.post(reverse("community:handle_report", args=[Proposal.objects.get().pk, "ecarter"]))

    assert "Nolwenn Le Ster" in page.text
    assert HERS not in page.text
    assert Barring.objects.get().person == nolwenn
    with pytest.raises(Refused, match="propose nothing more"):
        propose(denez, "autre@courriel.example", proposer=nolwenn, by=nolwenn.account)
    client.post(reverse("community:lift_bar", args=[nolwenn.public_id]))
    propose(denez, "autre@courriel.example", proposer=nolwenn, by=nolwenn.account)


def test_killed_while_leaving_it_is_not_sent_again(client, nolwenn, denez, sink):
    offer(client, nolwenn, denez)
    proposal = Proposal.objects.get()
    proposal.leave()  # written down, then the process died

    send_invitations()

    assert sink.received == []
    assert sending.send_due().total() == 0


def test_the_journal_names_neither_the_address_nor_the_person(client, nolwenn, denez):
    offer(client, nolwenn, denez)

    line = Entry.objects.of_verb("way.proposed").get()
    assert HERS not in f"{line.details} {line.reason} {line.subject_name}"
    assert line.subject_kind == "community.proposal"


def test_what_is_held_goes_with_either_of_them(nolwenn, denez):
    propose(denez, HERS, proposer=nolwenn, by=nolwenn.account)
    holding = next(each for each in register() if each.model == "community.proposal")

    assert holding.export(nolwenn) == []
    assert holding.export(denez)[0]["state"] == "waiting"
    assert holding.erase is not None
    assert holding.erase(nolwenn) == 1


def test_only_graduates_look_for_their_class(client, lena, hugo, solenn):
    for user in (lena, hugo, solenn):
        client.force_login(user)
        assert client.get(reverse("community:lost")).status_code == 403
