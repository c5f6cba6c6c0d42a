"""What colleagues say about a post: who is called is told, what is settled may be opened again."""

import pytest
from django.urls import reverse

from conftest import someone
from lierre.foundation.errors import Refused
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Comment, Notice
from lierre.publishing.talking.commenting import comment_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(by_hand, gwenael):
    return write(Draft(["Portes ouvertes"], [by_hand]), by=gwenael)


def test_those_who_are_called_are_told_once_and_whoever_wrote_the_post_too(post, gwenael, helene, solenn):
    made = comment_on(post, "@Hélène Morvan et @helene, le jour est-il sûr ?", version=1, by=solenn)

    assert made.told == ["Hélène Morvan"]
    assert list(Notice.objects.order_by("to__name").values_list("to__name", "subject")) == [
        ("Gwenaël Riou", "A comment on: Portes ouvertes"),
        ("Hélène Morvan", "Solenn Kerbrat speaks to you about: Portes ouvertes"),
    ]


def test_somebody_who_has_left_is_not_told_and_it_is_said(client, post, gwenael, malo, solenn):
    solenn.deactivate(by=malo, why="Départ", despite=True)
    client.force_login(gwenael)
    said = {"body": "@Solenn Kerbrat, @Yann Le Goff et @ubn", "version": "1"}

    page = client.post(reverse("publishing:comment", args=[post.pk]), said, follow=True).content.decode()

    assert "Solenn Kerbrat has left, or no longer reads posts" in page
    assert "Nobody who reads posts is called Yann Le Goff." in page
    assert not Notice.objects.exists()


def test_a_first_name_of_two_colleagues_calls_neither_and_it_is_said(client, post, gwenael, solenn, iut):
    someone("Solenn Abgrall", "solenn.abgrall@ubn.example", "communication", iut)
    client.force_login(gwenael)

    page = client.post(
        reverse("publishing:comment", args=[post.pk]), {"body": "@Solenn ?", "version": "1"}, follow=True
    )

    assert "Several people who read posts are called Solenn" in page.text
    assert not Notice.objects.exists()


def test_somebody_who_leaves_afterwards_is_shown_as_having_left(client, post, gwenael, malo, solenn):
    comment_on(post, "@Solenn Kerbrat, d’accord ?", version=1, by=gwenael)
    solenn.deactivate(by=malo, why="Départ", despite=True)
    client.force_login(gwenael)

    assert "Solenn Kerbrat has left since." in client.get(post.get_absolute_url()).content.decode()


def test_a_comment_is_settled_then_opened_again(client, post, gwenael, helene):
    made = comment_on(post, "Le jour est-il sûr ?", version=1, by=helene).comment
    client.force_login(gwenael)
    settle = [reverse("publishing:settle_comment", args=[made.pk, name]) for name in ("regler", "rouvrir")]

    settled = client.post(settle[0], follow=True).content.decode()
    made.refresh_from_db()
    with pytest.raises(Refused):
        made.resolve(by=helene)
    client.post(settle[1])

    assert "Settled by Gwenaël Riou" in settled
    assert Comment.objects.open().count() == 1


def test_a_comment_stays_with_the_version_that_was_read(client, post, by_hand, gwenael, solenn):
    comment_on(post, "Ouvertes ?", version=1, by=solenn)
    change(post, Draft(["Portes fermées"], [by_hand]), by=solenn)
    client.force_login(gwenael)

    page = client.get(post.get_absolute_url()).content.decode()

    assert f"{reverse('publishing:versions', args=[post.pk])}#n1" in page


def test_a_lecturer_reads_and_writes_no_comment(client, post, yann):
    client.force_login(yann)

    assert client.post(reverse("publishing:comment", args=[post.pk]), {"body": "Moi", "version": 1}).status_code == 403


def test_what_a_comment_says_is_shown_as_it_was_typed(client, post, gwenael):
    comment_on(post, "<script>alert(1)</script>", version=1, by=gwenael)
    client.force_login(gwenael)

    assert "<script>alert(1)" not in client.get(post.get_absolute_url()).content.decode()
