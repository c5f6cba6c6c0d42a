"""How an account is opened: the server to go to, the key that is pasted, the account that is chosen."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.connectors import network as net
from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.models.voice import Voice

# Networks that are at one address for everybody, and those where whoever pastes a key says whose it is.
ONE_PLACE: Final = frozenset({"linkedin", "facebook"})
NAMED: Final = frozenset({"bluesky", "linkedin", "facebook"})
ALONE: Final = gettext_lazy("Only when the account lives on a server of its own.")
SECRETS: Final[dict[str, Any]] = {
    "bluesky": (gettext_lazy("App password"), gettext_lazy(
        "Made in Bluesky, under Settings, Privacy and security, App passwords. Never the password of the account itself."
    )),
    "mastodon": (gettext_lazy("Access token"), gettext_lazy(
        "Made on the server, under Preferences, Development, New application, with the rights read:accounts, read:statuses, "
        "read:notifications, write:statuses and write:media."
    )),
    "linkedin": (gettext_lazy("Access token"), gettext_lazy(
        "Of the application that LinkedIn approved; or, without its approval, a token of Pages Data Portability made by an "
        "administrator of the page: its figures are then read, and its posts published by hand."
    )),
    "facebook": (gettext_lazy("Token of the page"), gettext_lazy(
        "Given by the tools of Facebook to an administrator of the page. It is tried at once, then kept encrypted."
    )),
    "website": (gettext_lazy("Secret of the signature"), gettext_lazy(
        "The same on both sides, such as whsec_…: each message is signed with it. The site is told at once that it is connected."
    )),
}  # fmt: skip


def whole(address: str) -> str:
    """
    An address as people type it.

    >>> whole("mastodon.example/"), whole("https://mastodon.example"), whole("")
    ('https://mastodon.example', 'https://mastodon.example', '')
    """
    address = address.strip().rstrip("/")
    return address if not address or "://" in address else f"https://{address}"


class GoForm(HouseForm):
    """To the network, and back."""

    whose = forms.CharField(
        label=gettext_lazy("Which account"), max_length=200,
        help_text=gettext_lazy("Its handle: univ.bsky.social, or your own domain."),
    )  # fmt: skip
    server = forms.CharField(
        label=gettext_lazy("Its server"), max_length=200, help_text=gettext_lazy("As in the address of the account.")
    )

    def __init__(self, *values: Any, account: Voice, **options: Any) -> None:
        # The page shows another form that asks the same: each field has a name of its own.
        super().__init__(*values, auto_id="go_%s", **options)
        if account.network == "bluesky":
            self.fields["whose"].initial = account.handle
            self.fields["server"].required = False
            self.fields["server"].help_text = ALONE
            return
        del self.fields["whose"]
        if account.network in ONE_PLACE:
            del self.fields["server"]
        else:
            self.fields["server"].initial = account.base_url or server_in(account.address)

    @property
    def address(self) -> str:
        """A server; a handle where servers are found from it, with its server when that one is not found so."""
        server = whole(self.cleaned_data.get("server", ""))
        handle = self.cleaned_data.get("whose", "").strip().lstrip("@")
        return f"{handle}@{server}" if handle and server else handle or server


class KeyForm(HouseForm):
    """A key that was made over there."""

    whose = forms.CharField(label=gettext_lazy("Which account"), max_length=200)
    secret = forms.CharField(
        label=gettext_lazy("Key"), max_length=4_000, strip=True, widget=forms.PasswordInput({"autocomplete": "off"})
    )
    server = forms.CharField(label=gettext_lazy("Its server"), max_length=200, required=False)

    def __init__(self, *values: Any, account: Voice, **options: Any) -> None:
        super().__init__(*values, **options)
        self.network = account.network
        label, hint = SECRETS.get(account.network, (_("Key"), _("It is tried at once, then kept encrypted.")))
        if account.is_personal and account.network == "linkedin":  # of a person there is no page to be read
            hint = _("It is tried at once, then kept encrypted.")
        self.fields["secret"].label, self.fields["secret"].help_text = label, hint
        self.fields["whose"].initial = account.handle
        if account.network == "bluesky":
            self.fields["whose"].help_text = _("Its handle: univ.bsky.social, or your own domain.")
            self.fields["server"].help_text = ALONE
        else:
            self.fields["whose"].required = False
            self.fields["server"].initial = account.base_url or server_in(account.address)
        if account.network == "website":  # not a place to sign in to, but the very address that is called
            self.fields["server"].label, self.fields["server"].required = _("Address that is told of each post"), True
            self.fields["server"].initial = account.base_url
        for name, kept in (("server", account.network not in ONE_PLACE), ("whose", account.network in NAMED)):
            if not kept:
                del self.fields[name]

    @property
    def address(self) -> str:
        typed = str(self.cleaned_data.get("server", ""))
        bar = "/" if self.network == "website" and typed.endswith("/") else ""
        return whole(typed) + bar


class ChoiceOfAccount(HouseForm):
    """Which of those that were opened."""

    account = forms.ChoiceField(label=gettext_lazy("Accounts that were opened"), widget=forms.RadioSelect)

    def __init__(self, *values: Any, opened: list[net.Account], **options: Any) -> None:
        super().__init__(*values, **options)
        shown = [
            (each.id, f"{each.name} ({each.handle})" if each.handle != each.name else each.name) for each in opened
        ]
        self.fields["account"].choices = shown  # type: ignore[attr-defined]


def server_in(address: str) -> str:
    """
    >>> server_in("https://mastodon.example/@ubn"), server_in("")
    ('https://mastodon.example', '')
    """
    scheme, colon, rest = address.partition("://")
    return f"{scheme}{colon}{rest.partition('/')[0]}" if rest else ""
