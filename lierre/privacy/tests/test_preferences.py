"""The preference centre: a link that opens nothing else, where looking changes nothing and one click stops everything."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from lierre.people.merging import merge
from lierre.privacy.contacting import may_contact
from lierre.privacy.duties import send_letters
from lierre.privacy.letters import keep_token
from lierre.privacy.models import Consent, Request, Sign
from lierre.privacy.preferences import LIFE, person_of, token_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def link(amelie) -> str:
    return reverse("privacy:preferences", args=[token_for(amelie)])


def test_looking_changes_nothing(client, amelie, link, letter):
    for _time in range(3):
        page = client.get(link)

    assert page.status_code == 200
    assert letter.label in page.content.decode()
    assert (Consent.objects.count(), Sign.objects.count()) == (0, 0)


def test_choosing_topic_by_topic_keeps_only_what_changed_with_the_words_read(client, amelie, link, letter, gifts):
    form = client.get(link).context["form"]
    said = {name: form[name].initial for name in form.fields}

    client.post(link, {**said, f"topic-{letter.pk}": "91", f"topic-{gifts.pk}": "never"})

    kept = {each.purpose.key: each for each in Consent.objects.select_related("purpose")}
    assert kept.keys() == {"lettre-association", "dons"}
    assert (kept["lettre-association"].said, kept["lettre-association"].frequency) == ("yes", 91)
    assert kept["dons"].said == "no"
    assert gifts.why in kept["dons"].words
    assert may_contact(amelie, letter)
    assert not may_contact(amelie, gifts)
    assert Sign.objects.get().kind == "click"


def test_how_often_at_most_is_one_choice_for_all_subjects(client, amelie, link):
    form = client.get(link).context["form"]
    said = {name: form[name].initial for name in form.fields}

    client.post(link, {**said, "rhythm": "91"})

    kept = Consent.objects.get()
    assert (kept.said, kept.frequency, kept.purpose) == ("rhythm", 91, None)
    assert "once a quarter at most" in kept.words
    assert client.get(link).context["form"]["rhythm"].initial == "91"


def test_one_click_pauses_everything_and_another_resumes(client, amelie, link, network):
    client.post(link, {"act": "pause"})
    assert may_contact(amelie, network).reason == "They asked for a pause."
    assert "Write to me again" in client.get(link).content.decode()

    client.post(link, {"act": "resume"})
    assert may_contact(amelie, network)


def test_a_link_that_was_changed_or_is_too_old_opens_nothing(client, amelie, link, monkeypatch):
    assert client.get(link[:-5] + "abcd/").status_code == 410
    other = signing.dumps(amelie.public_id, salt="lierre.privacy.keep")
    assert client.get(reverse("privacy:preferences", args=[other])).status_code == 410

    later = (timezone.now() + LIFE + timedelta(days=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get(link).status_code == 410


def test_a_link_follows_whoever_they_have_become(solenn, amelie, same_amelie):
    token = token_for(same_amelie)

    merge(same_amelie, amelie, by=solenn, reason="Même personne.")

    assert person_of(token) == amelie


def test_the_person_signed_in_finds_the_same_choices(client, amelie, amelie_user, letter):
    amelie.account = amelie_user
    amelie.save(update_fields=["account"])
    client.force_login(amelie_user)

    client.post(reverse("privacy:own_preferences"), {"act": "no"})

    assert Consent.objects.get().how == "account"
    assert may_contact(amelie, "relations").reason == "They asked not to be written to."


def without_key(page: str) -> str:
    """What is shown, without the key that a form holds against forgery."""
    return re.sub(r'value="\w{64}"', "", page.split("<main")[1].split("</main")[0])


def test_the_link_is_sent_again_to_whoever_is_known_and_nobody_learns_who_is(client, amelie):
    known, unknown = (
        client.post(reverse("privacy:ask_preferences"), {"email": email}, follow=True).content.decode()
        for email in ("amelie.herve@courriel.example", "nobody@courriel.example")
    )
    client.post(reverse("privacy:ask_preferences"), {"email": "amelie.herve@courriel.example"})
    send_letters()

    assert without_key(known) == without_key(unknown)
    assert [each.to for each in mail.outbox] == [["amelie.herve@courriel.example"]]
    assert "/preferences/" in mail.outbox[0].body


def test_staff_writes_down_what_it_was_told_and_by_whom(client, solenn, amelie, letter):
    client.force_login(solenn)
    said = {"purpose": letter.pk, "said": "yes", "how": "phone", "words": "« Oui, volontiers. »"}

    client.post(reverse("privacy:note", args=[amelie.public_id]), said)

    assert Consent.objects.get().said_by == "Solenn Kerbrat"
    assert "Nothing forbids it." in client.get(reverse("privacy:person", args=[amelie.public_id])).content.decode()


def test_a_restriction_is_never_about_one_purpose_alone(client, solenn, amelie, letter):
    client.force_login(solenn)
    said = {"purpose": letter.pk, "said": "restrict", "how": "phone", "words": "Gel."}

    assert client.post(reverse("privacy:note", args=[amelie.public_id]), said).status_code == 422
    assert Consent.objects.count() == 0


def test_keep_me_is_an_answer_and_erase_me_is_a_request_already_identified(client, amelie):
    address = reverse("privacy:keep", args=[keep_token(amelie)])
    client.get(address)
    assert Sign.objects.count() == 0

    client.post(address, {"act": "keep"})
    assert Sign.objects.get().kind == "answer"

    client.post(address, {"act": "erase"})
    client.post(address, {"act": "erase"})
    request = Request.objects.get()
    assert (request.right, request.state, request.person) == ("erasure", "identified", amelie)
