"""Ambassadors come in and leave of their own will; they write for themselves, and nobody reads it."""

import pytest
from django.core import mail
from django.urls import reverse

from lierre.accounts.models import Role
from lierre.foundation.models.journal import Entry
from lierre.foundation.personal_data import register
from lierre.people.saying import say, staff_source
from lierre.privacy.models import Consent, Contact
from lierre.publishing.ambassadors import stories
from lierre.publishing.ambassadors.joining import ambassador_of, leave, token_of
from lierre.publishing.ambassadors.sending import send_due, write_rows
from lierre.publishing.ambassadors.writing import keep, own_text, say_published
from lierre.publishing.models import Ambassador, Digest, Notice, OwnText, Story
from lierre.publishing.models.rule import Rule
from lierre.publishing.tests.speakers import FACT, morning, speaker, topic

pytestmark = pytest.mark.django_db
CHOICES = {"networks": ["linkedin", "mastodon"], "languages": ["fr"], "rhythm": "7", "topics": ["research"]}


def see(client, user, name, *arguments):
    client.force_login(user)
    return client.get(reverse(f"publishing:{name}", args=arguments))


def test_nobody_is_an_ambassador_before_they_say_so(client, university, yann, gwenael):
    topic(gwenael)

    first = see(client, yann, "this_week")
    client.post(reverse("publishing:take_part"), CHOICES | {"unit": university.pk})
    then = see(client, yann, "this_week")

    assert first.url == reverse("publishing:take_part")
    assert "La houle grossit" in then.text
    assert "of my own will" in Ambassador.objects.get(user=yann).words


def test_whoever_leaves_takes_everything_away_at_once(client, university, yann, gwenael):
    person = say({"given": "Yann", "family": "Le Goff"}, source=staff_source(), by="the tests").person
    person.account = yann
    person.save()
    who, material = speaker(yann, university), topic(gwenael)
    keep(own_text(who, material), "Dix ans en mer, et un mot de trop : kabanenn.")
    story = stories.offer(who, {"title": "Kabanenn", "words": "Une cabane.", "moment": "", "quoted": "Lena"})
    stories.answer(story, "Où est-elle ?", by=gwenael)
    client.force_login(yann)

    client.post(reverse("publishing:leave_ambassadors"))

    assert [model.objects.count() for model in (Ambassador, OwnText, Story, Digest, Notice)] == [0] * 5
    assert not Role.objects.filter(user=yann, kind="ambassador").exists()
    assert [consent.said for consent in Consent.objects.order_by("pk")] == ["yes", "no"]
    assert not Entry.objects.filter(subject_name__icontains="kabanenn").exists()


def test_the_register_exports_and_erases_what_an_ambassador_said(university, yann, gwenael):
    who, material = speaker(yann, university), topic(gwenael)
    say_published(own_text(who, material), "https://bsky.app/profile/yann/post/1")
    stories.offer(who, {"title": "Un phare", "words": "Sa lampe.", "moment": "", "quoted": ""})
    mine = [
        each for each in register() if each.model in {"publishing.ambassador", "publishing.owntext", "publishing.story"}
    ]

    told = {each.model: each.export(yann) for each in mine}
    for each in mine:
        each.erase(yann)

    assert told["publishing.owntext"][0]["link"] == "https://bsky.app/profile/yann/post/1"
    assert told["publishing.story"][0]["title"] == "Un phare"
    assert [each.export(yann) for each in mine] == [[], [], []]


def test_a_text_is_private_to_whoever_writes_it(client, university, yann, gwenael, malo):
    who, material = speaker(yann, university), topic(gwenael)
    before = Entry.objects.count()
    client.force_login(yann)

    client.post(reverse("publishing:own_text", args=[material.pk]), {"text": "Une bouée nommée Marivonne"})
    client.post(reverse("publishing:published", args=[material.pk, "publie"]), {"link": "https://ubn.example/la"})

    assert own_text(who, material).link == "https://ubn.example/la"
    assert Entry.objects.count() == before
    assert see(client, gwenael, "own_text", material.pk).status_code == 403
    for name in ("materials", "story_desk", "taking_part", "calendar"):
        assert "Marivonne" not in see(client, gwenael, name).text


def test_the_assistant_counts_as_each_network_does_and_opens_its_page(client, university, yann, gwenael):
    speaker(yann, university, networks=["bluesky", "mastodon"], server="https://social.ubn.example")
    material = topic(gwenael)
    client.force_login(yann)
    text = "e\u0301" * 301

    client.post(reverse("publishing:own_text", args=[material.pk]), {"text": text})
    page = see(client, yann, "own_text", material.pk)
    client.post(reverse("publishing:own_text", args=[material.pk]), {"text": "é" * 2_000})
    empty = see(client, yann, "open_network", material.pk, "mastodon").url
    client.post(reverse("publishing:own_text", args=[material.pk]), {"text": "Été !"})
    opened = see(client, yann, "open_network", material.pk, "mastodon").url

    assert "<b>301</b> of 300" in page.text
    assert "1 sign too many." in page.text
    assert empty == "https://social.ubn.example/share?text="  # an address so long is refused everywhere
    assert opened == "https://social.ubn.example/share?text=%C3%89t%C3%A9%20%21"
    assert see(client, yann, "open_network", material.pk, "linkedin").status_code == 404


def test_pasted_words_are_said_and_kept_all_the_same(client, university, yann, gwenael):
    who, material = speaker(yann, university), topic(gwenael)
    keep(own_text(who, material), f"{FACT}.")

    pasted = see(client, yann, "own_text", material.pk).text
    keep(own_text(who, material), "Ma première bouée, je l’ai posée sous la neige. Elle mesure encore.")
    own = see(client, yann, "own_text", material.pk).text

    assert "These are the words of the topic." in pasted
    assert "These are the words of the topic." not in own
    assert FACT in pasted


def test_the_charter_advises_and_never_blocks(client, university, yann, gwenael):
    speaker(yann, university)
    material = topic(gwenael)
    Rule.objects.create(
        kind="avoid", name="Mots usés", words=["synergie"], why="Personne ne le dit.", severity="blocks"
    )
    client.force_login(yann)

    answer = client.post(reverse("publishing:own_text", args=[material.pk]), {"text": "Quelle synergie"}, follow=True)

    assert "<q>synergie</q>" in answer.text
    assert "Quelle synergie" in answer.text


def test_a_person_receives_one_message_a_week_whoever_runs_and_however_often(settings, university, yann, gwenael):
    person = say({"given": "Yann", "family": "Le Goff"}, source=staff_source(), by="the tests").person
    person.account = yann
    person.save()
    who = speaker(yann, university)
    topic(gwenael)

    written = [write_rows(morning()), write_rows(morning())]
    left = [send_due()["sent"], send_due()["sent"]]

    assert (written, left) == ([1, 0], [1, 0])
    assert [message.to for message in mail.outbox] == [[yann.email]]
    assert FACT in mail.outbox[0].body
    stop = mail.outbox[0].extra_headers["List-Unsubscribe"].rstrip("/>").rpartition("/")[2]
    assert ambassador_of(stop) == who
    assert Contact.objects.get().service == "publishing.ambassadors"


def test_whoever_asked_not_to_be_written_to_is_not(university, yann, gwenael):
    person = say({"given": "Yann", "family": "Le Goff"}, source=staff_source(), by="the tests").person
    person.account = yann
    person.save()
    speaker(yann, university)
    topic(gwenael)
    Consent.write(person, "no", how="link", words="Plus rien.", by=yann)
    write_rows(morning())

    send_due()

    assert mail.outbox == []
    assert Digest.objects.get().why == "They asked not to be written to."


def test_a_message_killed_while_it_leaves_does_not_leave_again(university, yann, gwenael):
    speaker(yann, university)
    topic(gwenael)
    write_rows(morning())
    digest = Digest.objects.get()

    taken = [digest.claim(), digest.claim()]
    digest.leave()

    assert taken == [True, False]
    assert not Digest.objects.due().exists()
    assert write_rows(morning()) == 0


def test_topics_go_to_those_of_a_unit_and_to_those_who_chose_them(client, university, iut, yann, gwenael):
    who = speaker(yann, university, topics=["culture"])
    for title, said in (("Culture", {"topic": "culture"}), ("Recherche", {}), ("Trégor", {"unit": iut})):
        topic(gwenael, title, **said)

    page = see(client, yann, "this_week").text
    Ambassador.objects.filter(pk=who.pk).update(unit=iut)
    at_morlaix = see(client, yann, "this_week").text

    assert [title in page for title in ("Culture", "Recherche", "Trégor")] == [True, False, False]
    assert [title in at_morlaix for title in ("Culture", "Recherche", "Trégor")] == [True, False, True]


def test_one_click_of_the_reader_of_mails_stops_messages(client, university, yann, gwenael):
    who = speaker(yann, university)
    topic(gwenael)
    address = reverse("publishing:stop_digest", args=[token_of(who)])

    looked = client.get(address)
    still = Ambassador.objects.get().rhythm
    client.post(address, {"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, still) == (200, 7)
    assert write_rows(morning()) == 0
    assert client.get(reverse("publishing:stop_digest", args=["forged"])).status_code == 200


def test_a_story_comes_back_to_whoever_told_it(client, university, yann, gwenael):
    who = speaker(yann, university)
    told = {"title": "La bouée 12", "words": "Elle a dérivé jusqu’en Galice.", "moment": "en mars", "quoted": "moi"}
    story = stories.offer(who, told)
    client.force_login(gwenael)

    draft = client.post(reverse("publishing:story", args=[story.pk]), {"act": "ecrire", "words": "Quelle histoire !"})

    story.refresh_from_db()
    assert draft.url == story.post.get_absolute_url()
    assert "jusqu’en Galice" in story.post.text
    assert (story.post.state, story.post.variants.count()) == ("draft", 0)
    assert "is being written" in see(client, yann, "stories").text
    assert Notice.objects.get().to == yann


def test_whoever_told_a_story_reads_where_it_was_published(client, university, yann, gwenael, by_hand):
    told = {"title": "La bouée 12", "words": "Elle a dérivé.", "moment": "", "quoted": "moi"}
    story = stories.offer(speaker(yann, university), told)
    post = stories.plan(story, "Quelle histoire !", by=gwenael)
    post.variants.create(account=by_hand)
    post.lay_out()
    post.approve(by=gwenael)
    post.deliveries.get().confirm("", "https://www.linkedin.com/posts/ubn_12", by=gwenael)

    page = see(client, yann, "stories").text

    assert "It is online:" in page
    assert "https://www.linkedin.com/posts/ubn_12" in page


def test_a_story_is_declined_with_words_and_once(client, university, yann, gwenael):
    story = stories.offer(
        speaker(yann, university), {"title": "Un phare", "words": "Sa lampe.", "moment": "", "quoted": ""}
    )
    client.force_login(gwenael)
    address = reverse("publishing:story", args=[story.pk])

    mute = client.post(address, {"act": "ecarter", "words": " "})
    client.post(address, {"act": "ecarter", "words": "Déjà raconté en juin."})
    again = client.post(address, {"act": "ecrire", "words": ""})

    assert "Say it in a few words" in mute.text
    assert "Somebody has answered this story already." in again.text
    assert "Déjà raconté en juin." in see(client, yann, "stories").text


def test_whoever_lost_the_role_is_written_to_no_more(university, yann, malo, gwenael):
    speaker(yann, university)
    topic(gwenael)
    write_rows(morning())

    yann.roles.get().withdraw(by=malo, why="Mutation.")
    send_due()

    assert mail.outbox == []
    assert Ambassador.objects.without_their_role().count() == 1


def test_leaving_stops_the_message_that_was_about_to_leave(university, yann, gwenael):
    who = speaker(yann, university)
    topic(gwenael)
    write_rows(morning())

    leave(who)

    assert send_due().total() == 0
    assert mail.outbox == []
