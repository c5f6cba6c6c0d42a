"""What is put in front of the person who publishes by hand: texts to copy, the page to open, files to take along."""

from dataclasses import dataclass

from lierre.connectors.manual.places import PLACES, Place
from lierre.connectors.network.account import Account
from lierre.connectors.network.message import Media, Message
from lierre.connectors.network.text import with_address


@dataclass(frozen=True, slots=True)
class Task:
    """
    `text` is copied whole (`is_prefilled`: it is already written in the page that `composer` opens). `alternatives` are the
    descriptions of the files, in their order; `after` is the address of the part that this one answers.
    """

    place: Place
    text: str
    composer: str
    is_prefilled: bool
    link: str = ""
    media: tuple[Media, ...] = ()
    alternatives: tuple[str, ...] = ()
    after: str = ""


def task_of(account: Account, message: Message) -> Task:
    place = place_of_account(account)
    text, link = said(message), message.link.url if message.link else ""
    composer = place.where_to_write(text, link, account.address)
    filled = bool(composer) and "{text}" in place.composer and composer != place.opens
    alternatives = tuple(each.alt for each in message.media)
    after = message.after.permalink if message.after else ""
    return Task(place, text, composer, filled, link, message.media, alternatives, after)


def said(message: Message) -> str:
    """What a person pastes holds everything, the address of the link too."""
    return with_address(message.text, message.link.url if message.link else "")


def place_of_account(account: Account) -> Place:
    """A network that we never heard of is a place like another: its own address, and no limit that we know."""
    code = account.credentials.kept.get("place", "")
    return PLACES.get(code) or Place(code or "elsewhere", account.name or account.handle, opens=account.url)
