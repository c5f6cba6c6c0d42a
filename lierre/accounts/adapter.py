"""How sign-in behaves here: accounts are opened by invitation, never by whoever comes; refusals are sentences.

This is also the seam for single sign-on: see `docs/decisions/0005-signing-in.md`.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

A_YEAR = 365 * 24 * 3600


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is deactivated. Ask the IT department of your institution."),
        "email_password_mismatch": _("This e-mail and this password do not go together."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": _("This e-mail and this password do not go together."),
        "same_as_current": _("This is the address you have already."),
        "email_taken": _("Another account has this address."),
        "duplicate_email": _("This is the address you have already."),
        "too_many_login_attempts": _("Too many passwords were wrong: wait five minutes, or ask for a new password."),
        "rate_limited": _("Too many requests in a short time: wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def add_message(self, request: HttpRequest, level: int, *arguments: Any, **options: Any) -> None:
        """Say what was done, but not "you are signed in": one sees it."""
        template = options.get("message_template") or next(iter(arguments), None)
        if template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, *arguments, **options)

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """The language and the theme of the account follow it to a new device."""
        answer: HttpResponse = super().post_login(request, user, **options)
        for name, value in ((settings.LANGUAGE_COOKIE_NAME, user.language), ("theme", user.theme)):
            if value:
                answer.set_cookie(
                    name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
                )
        return answer

    def get_from_email(self) -> str:
        return str(settings.DEFAULT_FROM_EMAIL)

    def render_mail(self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None) -> Any:
        """Every message is signed by the institution, and says where Lierre is."""
        house = {"institution": settings.INSTITUTION, "address": settings.ADDRESS}
        return super().render_mail(template_prefix, email, {**context, **house}, headers)
