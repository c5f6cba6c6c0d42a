"""Posts prepared in a table: recognised, rehearsed, imported once; what is refused goes away with its reason."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.composing import Draft
from lierre.publishing.composing import change as rewrite
from lierre.publishing.models import Account, Post, PostsFile
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db
FRENCH = (
    "Date;Heure;Texte;Comptes;Titre;Campagne;Remarque\r\n"
    "01/12/2999;9h30;Portes ouvertes ;linkedin;JPO;Orientation;à relire\r\n"
    "31/02/2999;9h;Date folle;linkedin;;;\r\n"
    "02/12/2999;25h;Heure folle;linkedin;;;\r\n"
    "02/12/2999;9h;;linkedin;;;\r\n"
    "02/12/2999;9h;Compte inconnu;mastodonte;;;\r\n"
    "02/12/2020;9h;Passée;linkedin;;;\r\n"
    "1er décembre 2999;;En lettres;linkedin;;;\r\n"
    ";;Sans date;LinkedIn;;;\r\n"
    "01/12/2999;9h30;Portes ouvertes;linkedin;JPO;Orientation;en double\r\n"
)


def bring(client, content, name="posts.csv", zone="Europe/Paris"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("publishing:import_posts"), {"file": file, "zone": zone}, follow=True)


def press(client, file):
    return client.post(reverse("publishing:write_posts_file", args=[file.pk]), follow=True).content.decode()


def test_a_file_is_rehearsed_before_anything_is_written(client, by_hand, gwenael):
    client.force_login(gwenael)

    page = bring(client, FRENCH).content.decode()

    file = PostsFile.objects.get()
    assert not Post.objects.exists()
    assert "2 lines become drafts." in page
    assert "1 was imported already." in page
    assert {line["number"]: line["reason"] for line in file.bad} == {
        3: "“31/02/2999” is not a date that exists: write 01/12/2026.",
        4: "“25h” is not an hour: write 9:30.",
        5: "There is no text.",
        6: "No account on which you write is called “mastodonte”.",
        7: "This moment has passed.",
        8: "“1er décembre 2999” is not a date that exists: write 01/12/2026.",
    }


def test_good_lines_become_drafts_at_the_hour_of_the_clock_that_was_chosen(client, by_hand, gwenael):
    client.force_login(gwenael)
    bring(client, FRENCH, zone="Indian/Reunion")

    page = press(client, PostsFile.objects.get())

    assert "2 drafts were written." in page
    post = Post.objects.get(title="JPO")
    assert (post.state, post.text, post.campaign, post.owner) == ("draft", "Portes ouvertes", "Orientation", gwenael)
    assert post.due_at == datetime(2999, 12, 1, 5, 30, tzinfo=UTC)
    assert Post.objects.get(title="Sans date").due_at is None


def test_the_same_file_twice_imports_nothing_twice(client, by_hand, gwenael):
    client.force_login(gwenael)
    for _time in range(2):
        bring(client, FRENCH)
    first, second = PostsFile.objects.order_by("pk")

    press(client, first)
    again, other = press(client, first), press(client, second)

    assert "This file was imported already." in again
    assert "0 drafts were written." in other
    assert Post.objects.count() == 2


def test_an_import_is_taken_back_but_for_what_somebody_touched(client, by_hand, gwenael):
    client.force_login(gwenael)
    bring(client, FRENCH)
    file = PostsFile.objects.get()

    def undo():
        address = reverse("publishing:write_posts_file", args=[file.pk])
        return client.post(address, {"undo": "1"}, follow=True).content.decode()

    nothing = undo()
    press(client, file)
    kept = Post.objects.get(title="JPO")
    rewrite(kept, Draft(["À ma façon"], [by_hand]), by=gwenael)
    page, again = undo(), undo()
    bring(client, FRENCH)
    back = press(client, PostsFile.objects.latest("pk"))

    assert "Nothing of this file is written." in nothing
    assert "1 draft that nobody had touched is withdrawn." in page
    assert "Somebody has worked on each of its drafts" in again
    assert "1 draft was written." in back
    assert sorted(Post.objects.living().values_list("title", flat=True)) == ["Sans date", "À ma façon"]


def test_refused_lines_go_away_with_their_reason_and_no_formula(client, by_hand, gwenael):
    client.force_login(gwenael)
    bring(client, FRENCH + "02/12/2999;9h;=HYPERLINK(1);linkedin;;;\r\n")
    file = PostsFile.objects.get()

    got = client.get(reverse("publishing:refused_lines", args=[file.pk])).getvalue().decode("utf-8-sig")

    assert got.startswith("Date;Heure;Texte;Comptes;Titre;Campagne;Remarque;Line;Why it was refused\r\n")
    assert "31/02/2999;9h;Date folle;linkedin;;;;3;" in got
    assert ";=HYPERLINK" not in got
    assert "is a formula" in got


def test_an_english_workbook_is_read_as_well(client, by_hand, gwenael):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Time", "Date", "Message", "Channels", "Title"])
        sheet.write_row(1, 0, ["14:05", "2999-12-01", "Open day\n---\nSecond part", "UBN", "Open day"])
    client.force_login(gwenael)

    bring(client, content.getvalue(), "posts.xlsx")
    press(client, PostsFile.objects.get())

    post = Post.objects.get()
    assert (post.parts, post.due_at) == (["Open day", "Second part"], datetime(2999, 12, 1, 13, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("Nom;Prénom\nHervé;Amélie\n", "There is no column for"), (b"\x89PNG\r\n\x1a\n\0\0\0", ""), (b"", "")],
)
def test_what_is_no_table_of_posts_is_refused_with_a_sentence(client, by_hand, gwenael, content, sentence):
    client.force_login(gwenael)

    answer = bring(client, content)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode() or "tone-bad" in answer.content.decode()
    assert sentence in answer.content.decode()
    assert not PostsFile.objects.exists()


def test_nobody_writes_by_a_file_where_they_do_not_write(client, by_hand, gwenael, iut):
    from conftest import someone

    rozenn = someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut)
    Account.objects.create(name="iut", network="instagram", label="IUT", unit=iut)
    client.force_login(rozenn)
    bring(client, "texte;comptes\nPour l’IUT;iut\nPour tous;linkedin\n")
    file = PostsFile.objects.get()

    assert [line["number"] for line in file.bad] == [3]
    client.force_login(gwenael)
    assert client.get(file.get_absolute_url()).status_code == 404


def test_the_calendar_goes_away_as_a_table_that_can_be_brought_back(client, by_hand, gwenael):
    at = timezone.localtime().replace(day=15, hour=9, minute=0, second=0, microsecond=0) + timedelta(days=62)
    approved("Portes ouvertes ; venez", by_hand, due_at=at)
    client.force_login(gwenael)

    got = client.get(reverse("publishing:export_calendar"), {"jour": f"{at:%Y-%m-%d}"}).getvalue()
    bring(client, got)

    assert f'{at:%Y-%m-%d};09:00;"Portes ouvertes ; venez";linkedin' in got.decode("utf-8-sig")
    assert [line["names"] for line in PostsFile.objects.get().good] == [["UBN"]]


def test_a_lecturer_brings_no_file(client, yann):
    client.force_login(yann)

    assert client.get(reverse("publishing:import_posts")).status_code == 403
    assert client.get(reverse("publishing:export_calendar")).status_code == 403
