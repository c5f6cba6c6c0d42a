"""Every sentence that is said about signing in is ours: none is left to the library that does the work."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation

OURS = settings.PACKAGE / "accounts" / "templates"
THEIRS = Path(allauth.__file__).parent
DOMAINS = ("account", "mfa", "usersessions")
NAMED = {
    "email": "a.herve@courriel.example", "recipient": "a.herve@courriel.example", "phone": "+33639980000",
    "from_email": "a@courriel.example", "to_email": "b@courriel.example", "deleted_email": "a@courriel.example",
    "user": "Amélie Hervé", "code": "123456", "ip": "192.0.2.1", "institution": "UBN", "address": "http://localhost",
    "activate_url": "http://localhost/x", "password_reset_url": "http://localhost/y", "timestamp": timezone.now(),
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
}  # fmt: skip


def sentences(folder: str) -> list[str]:
    """What the library would say, by the name of its template."""
    found = {
        file.relative_to(root).as_posix()
        for root in THEIRS.glob("**/templates")
        for domain in DOMAINS
        for file in (root / domain / folder).glob("*.txt")
    }
    return sorted(found)


def test_the_library_has_things_to_say():
    assert len(sentences("messages")) >= 15
    assert len(sentences("email")) >= 30


@pytest.mark.parametrize("name", [*sentences("messages"), *sentences("email")])
def test_each_is_said_in_our_words(name):
    assert Path(get_template(name).origin.name).is_relative_to(OURS)


@pytest.mark.parametrize("name", [*sentences("messages"), *sentences("email")])
def test_each_is_a_sentence_with_our_typography_in_both_languages(name):
    for language in ("en", "fr"):
        with translation.override(language):
            said = render_to_string(name, NAMED).strip()
        assert said
        assert not set("'\"") & set(said)
        assert " tu " not in said.lower()
        if "/messages/" in name:
            assert said.endswith(".")
            assert "\n" not in said


@pytest.mark.django_db
def test_a_changed_password_is_told_in_the_page_and_by_mail(client, solenn):
    client.post(reverse("account_login"), {"login": solenn.email, "password": "ivy on the old wall"})
    page = client.post(
        reverse("account_change_password"),
        {
            "oldpassword": "ivy on the old wall",
            "password1": "moss on the new roof",
            "password2": "moss on the new roof",
        },
        follow=True,
    )

    assert "Your password is changed." in page.text
    (notice,) = mail.outbox
    assert notice.subject == "Your password was changed"
    assert "The password of your account was changed." in notice.body
    assert "If it was not you" in notice.body
