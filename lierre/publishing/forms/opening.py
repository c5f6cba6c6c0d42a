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
        label, hint = SECRETS.get(account.network, (_("Key"), _("It is tried at once, then kept encrypted.")))
        self.fields["secret"].label, self.fields["secret"].help_text = label, hint
        self.fields["whose"].initial = account.handle
        if account.network == "bluesky":
            self.fields["whose"].help_text = _("Its handle: univ.bsky.social, or your own domain.")
            self.fields["server"].help_text = ALONE
        else:
            self.fields["whose"].required = False
            self.fields["server"].initial = account.base_url or server_in(account.address)
        for name, kept in (("server", account.network not in ONE_PLACE), ("whose", account.network in NAMED)):
            if not kept:
                del self.fields[name]

    @property
    def address(self) -> str:
        return whole(self.cleaned_data.get("server", ""))


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
