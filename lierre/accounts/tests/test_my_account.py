"""My account: what I prefer, how I sign in, what I may."""

import pytest
from django.urls import reverse

from lierre.accounts.models import User
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db


def test_one_changes_ones_name_and_how_one_likes_pages(client, solenn):
    client.force_login(solenn)

    answer = client.post(
        reverse("accounts:my_account"), {"name": " Solenn  Kerbrat-Le Roux ", "language": "en", "theme": "dark"}
    )

    solenn.refresh_from_db()
    assert (solenn.name, solenn.language, solenn.theme) == ("Solenn Kerbrat-Le Roux", "en", "dark")
    assert answer.cookies["theme"].value == "dark"
    assert not Entry.objects.about(solenn).exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"theme": "pink"}, {"language": "tlh"}])
def test_what_is_not_understood_is_not_kept(client, solenn, wrong):
    client.force_login(solenn)

    page = client.post(reverse("accounts:my_account"), {"name": "S", "language": "fr", "theme": "", **wrong})

    assert page.status_code == 422
    assert User.objects.get(pk=solenn.pk).name == "Solenn Kerbrat"


def test_the_page_gathers_the_ways_of_signing_in_and_what_one_may(client, solenn):
    client.force_login(solenn)

    page = client.get(reverse("accounts:my_account"))

    for name in (
        "account_email",
        "account_change_password",
        "mfa_add_webauthn",
        "mfa_activate_totp",
        "usersessions_list",
    ):
        assert reverse(name) in page.text
    assert "alumni office, Université de Bretagne-Nord".lower() in page.text.lower()
    assert "invite graduates and students" in page.text


def test_everybody_has_one_even_without_a_role(client, university):
    client.force_login(User.objects.create_user("x@ubn.example", name="X"))

    assert "None yet. Ask whoever invited you." in client.get(reverse("accounts:my_account")).text


def test_the_monogram_of_the_masthead_leads_there(client, solenn):
    client.force_login(solenn)

    assert f'href="{reverse("accounts:my_account")}"' in client.get(reverse("site:home")).text


def test_the_other_sessions_are_ended(client, solenn):
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        browser.force_login(solenn)
        browser.get(reverse("accounts:my_account"))

    client.post(reverse("usersessions_list"))

    assert elsewhere.get(reverse("accounts:my_account")).status_code == 302
    assert client.get(reverse("accounts:my_account")).status_code == 200
