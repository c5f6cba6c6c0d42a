"""The door: signing in, wrong passwords, a forgotten one, a second step, and no way in without an invitation."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache, close_caches
from django.core.management import call_command
from django.urls import reverse

from lierre.accounts.models import User
from lierre.accounts.second_factor import SecondFactorAdapter
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "ivy on the old wall"


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """Failed attempts are counted in the cache, which outlives the tests."""
    cache.clear()


def knock(client, user, password=PASSWORD, **others):
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **others})


def code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def second_step(solenn):
    """Solenn asks for a code after her password. Answers the secret of her telephone."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(solenn, secret)
    return secret


def test_one_comes_in_with_an_email_and_a_password(client, solenn):
    answer = knock(client, solenn)

    assert answer["Location"] == reverse("site:home")
    assert client.get(reverse("accounts:my_account")).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, solenn):
    wrong = knock(client, solenn, "not this one")
    unknown = knock(client, User(email="nobody@ubn.example"), "not this one")

    assert "This e-mail and this password do not go together." in wrong.text
    assert "This e-mail and this password do not go together." in unknown.text


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, solenn):
    for _attempt in range(5):
        assert "do not go together" in knock(client, solenn, "not this one").text

    page = knock(client, solenn)

    assert "Too many passwords were wrong: wait five minutes" in page.text
    assert reverse("account_reset_password") in page.text
    assert "_auth_user_id" not in client.session


def test_the_wrong_passwords_of_one_do_not_close_the_door_to_another(client, solenn, gwenael):
    for _attempt in range(6):
        knock(client, solenn, "not this one")

    assert knock(client, gwenael).status_code == 302


def test_wrong_passwords_are_counted_in_the_base_so_that_every_process_knows(client, solenn, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    for _attempt in range(5):
        knock(client, solenn, "not this one")
    close_caches()  # another process would hold none of it in memory

    assert "Too many passwords were wrong" in knock(client, solenn).text


def test_nobody_opens_an_account_without_an_invitation(client, db):
    page = client.get(reverse("account_signup"))
    answer = client.post(reverse("account_signup"), {"email": "x@courriel.example", "password1": PASSWORD})

    assert "One comes in by invitation." in page.text
    assert "One comes in by invitation." in answer.text
    assert not User.objects.exists()


def test_a_deactivated_account_is_told_so_only_to_whoever_knows_its_password(client, solenn, malo):
    solenn.deactivate(by=malo, why="Départ")

    assert "do not go together" in knock(client, solenn, "not this one").text
    assert "deactivated" in client.post(
        reverse("account_login"), {"login": solenn.email, "password": PASSWORD}, follow=True
    ).text  # fmt: skip


def test_a_forgotten_password_is_replaced_by_a_link(client, solenn, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": solenn.email})
    link = re.search(r"https?://[^/]+(\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    done = client.post(
        form.request["PATH_INFO"], {"password1": "une barque en bois", "password2": "une barque en bois"}, follow=True
    )

    assert "Your password is changed." in done.text
    assert knock(client, solenn, "une barque en bois").status_code == 302
    assert "no longer opens anything" in type(client)().get(link, follow=True).text
    assert Entry.objects.of_verb("user.password_changed").about(solenn).exists()


def test_asking_for_a_password_does_not_tell_who_has_an_account(client, solenn, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": solenn.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@ubn.example"}, follow=True)

    assert "If an account answers at this address" in known.text
    assert "If an account answers at this address" in unknown.text
    assert "no account answers" in mailoutbox[1].body


def test_a_code_is_asked_after_the_password(client, solenn, second_step):
    answer = knock(client, solenn)
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code(second_step)})

    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert "not the right code" in refused.text
    assert client.get(reverse("accounts:my_account")).status_code == 200


def test_the_secret_of_a_telephone_is_not_readable_in_the_base(solenn, second_step):
    kept = Authenticator.objects.get(user=solenn).data["secret"]

    assert second_step not in kept
    assert SecondFactorAdapter().decrypt(kept) == second_step


def test_secrets_still_open_when_the_key_of_the_instance_changes(solenn, second_step, settings):
    kept = Authenticator.objects.get(user=solenn).data["secret"]

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another one"

    assert SecondFactorAdapter().decrypt(kept) == second_step


def test_the_it_department_lets_back_in_someone_who_lost_their_telephone(client, malo, solenn, second_step):
    client.force_login(malo)

    client.post(reverse("accounts:user_act", args=[solenn.pk, "oublier-cles"]), {"reason": "Téléphone perdu"})
    client.logout()

    assert knock(client, solenn)["Location"] == reverse("site:home")
    assert Entry.objects.of_verb("user.second_factors_forgotten").about(solenn).get().reason == "Téléphone perdu"


def test_an_address_changes_once_its_link_was_opened(client, solenn, mailoutbox):
    knock(client, solenn)
    client.post(reverse("account_email"), {"email": "solenn@ubn.example", "action_add": ""})
    link = re.search(r"https?://[^/]+(\S+)", mailoutbox[-1].body)[1]
    before = User.objects.get(pk=solenn.pk).email
    looked = client.get(link)
    client.post(link)

    assert before == "solenn.kerbrat@ubn.example"
    assert "Is this address yours?" in looked.text
    assert User.objects.get(pk=solenn.pk).email == "solenn@ubn.example"
    assert Entry.objects.of_verb("user.email_changed").about(solenn).exists()


def test_the_language_of_the_account_follows_it_to_a_new_device(client, solenn):
    solenn.call(name=solenn.name, language="en", theme="dark")

    answer = knock(client, solenn)

    assert (answer.cookies["django_language"].value, answer.cookies["theme"].value) == ("en", "dark")


@pytest.mark.parametrize(
    "name",
    [
        "account_email", "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn",
        "mfa_add_webauthn", "usersessions_list", "account_logout",
    ],
)  # fmt: skip
def test_every_page_of_the_door_belongs_to_the_house(client, solenn, name):
    knock(client, solenn)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'class="masthead"' in page.text
    assert "<style" not in page.text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page.text)


def test_asking_again_and_again_is_stopped_with_a_page_of_the_house(client, solenn, mailoutbox):
    for _request in range(5):
        client.post(reverse("account_reset_password"), {"email": solenn.email})

    page = client.post(reverse("account_reset_password"), {"email": solenn.email})

    assert page.status_code == 429
    assert "Wait a minute, then go back and try again." in page.text
    assert len(mailoutbox) == 5
