"""The sections of the masthead, and the rooms behind them, as each person may enter them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.accounts import permissions as accounts
from lierre.community import permissions as community
from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import Ability, Holder, may
from lierre.interchange import permissions as interchange
from lierre.people import permissions as people
from lierre.people.duplicates.queue import waiting_pairs
from lierre.privacy import permissions as privacy
from lierre.publishing import permissions as publishing
from lierre.publishing.desk import waiting_posts


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the house. Without an ability, whoever is signed in may enter. `why` says what one finds there.

    `roles`: it is shown to those who hold one of them, because the others would find nothing there.
    """

    label: str | Promise
    name: str
    ability: Ability | None = None
    why: str | Promise = ""
    roles: tuple[str, ...] = ()
    waiting: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    label: str | Promise
    address: str
    current: bool
    why: str | Promise = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Floor:
    """Rooms that belong together."""

    label: str | Promise
    rooms: list[Section]


# The masthead holds few words; the rest is behind "The house".
SECTIONS: Final = (
    Entry(_("Home"), "site:home"),
    Entry(_("My record"), "people:own_record", roles=("graduate", "student")),
    Entry(_("Directory"), "people:directory", people.SEE_PERSONS),
    Entry(_("Duplicates"), "people:duplicates", people.JUDGE_DUPLICATES, waiting=waiting_pairs),
    Entry(_("Posts"), "publishing:calendar", publishing.SEE_POSTS, waiting=waiting_posts),
    Entry(_("This week"), "publishing:this_week", publishing.TAKE_PART),
    Entry(_("Personal data"), "privacy:desk", roles=("data_protection",)),
    Entry(_("Imports"), "people:imports", people.BRING_FILES),
    Entry(_("Quarantine"), "people:quarantine", people.BRING_FILES),
    Entry(_("The house"), "site:house"),
)
FLOORS: Final[tuple[tuple[str | Promise, tuple[Entry, ...]], ...]] = (
    (
        _("What is known"),
        (
            Entry(_("Sources"), "people:sources", people.BRING_FILES, _("Who speaks in the base, and under which mark.")),
            Entry(
                _("Trust"), "people:policy", people.DECIDE_POLICY,
                _("Which source is believed for which value, and what a change would alter."),
            ),
            Entry(
                _("Matching"), "people:matching", people.DECIDE_MATCHING,
                _("From which chances a line is linked alone, and how often that is wrong."),
            ),
            Entry(
                _("Quarantine"), "people:quarantine", people.BRING_FILES,
                _("Lines that could not be taken, each with its reason."),
            ),
            Entry(
                _("Segments"), "people:segments", people.USE_SEGMENTS,
                _("Questions that have a name: whom a letter, an invitation or a survey is for."),
            ),
            Entry(
                _("Freshness"), "people:freshness", people.SEE_FRESHNESS,
                _("Who can be reached, who was heard of within two years, class by class."),
            ),
            Entry(
                _("Ceremonies"), "community:ceremonies", community.HOLD_CEREMONIES,
                _("Posters that graduates scan to stay within reach; who of the class is missing."),
            ),
            Entry(
                _("Lost classmates"), "community:lost", community.PROPOSE_WAYS,
                _("Those of your class whom the school cannot reach: you may know a way."),
            ),
            Entry(
                _("Reported invitations"), "community:reports", community.HANDLE_REPORTS,
                _("Invitations to lost classmates that somebody called abuse."),
            ),
            Entry(
                _("Groups"), "community:groups", community.SEE_GROUPS,
                _("Classes, associations, cities, laboratories; and who hosts them."),
            ),
            Entry(
                _("Asking for news"), "community:asking", community.ASK_FOR_NEWS,
                _("Whom it is worth asking, the one question to ask, and what was answered."),
            ),
        ),
    ),
    (
        _("What we say"),
        (
            Entry(
                _("Editorial calendar"), "publishing:calendar", publishing.SEE_POSTS,
                _("What leaves on networks, when, for whom, and what became of it."),
            ),
            Entry(
                _("To check"), "publishing:desk", publishing.SEE_POSTS,
                _("What a network cannot say, refused, or what missed its time; nothing is sent again without somebody."),
            ),
            Entry(
                _("Answers"), "publishing:answers", publishing.SEE_POSTS,
                _("What people said to our accounts on networks, who sees to it, what is done."),
            ),
            Entry(
                _("Newsletters and mailings"), "publishing:mailings", publishing.SEE_POSTS,
                _("Letters to people of the base: to whom, when, and what came back."),
            ),
            Entry(
                _("Media library"), "publishing:library", publishing.SEE_POSTS,
                _("Images, films and documents, their rights, and the consent of those they show."),
            ),
            Entry(
                _("Accounts on networks"), "publishing:accounts", publishing.SEE_POSTS,
                _("Every account that speaks for the institution, who answers for it, who must approve."),
            ),
            Entry(
                _("Short links"), "publishing:links", publishing.SEE_POSTS,
                _("Links for posts and posters, how often each was opened, and from where."),
            ),
            Entry(
                _("Topics for ambassadors"), "publishing:materials", publishing.FEED_AMBASSADORS,
                _("What is offered each week to those who speak in their own name."),
            ),
            Entry(
                _("Stories"), "publishing:story_desk", publishing.FEED_AMBASSADORS,
                _("What ambassadors tell, and what became of it."),
            ),
            Entry(
                _("Who takes part"), "publishing:taking_part", publishing.SEE_TAKING_PART,
                _("How many speak in their own name, by unit, without any name."),
            ),
            Entry(
                _("Editorial line and charter"), "publishing:charter", publishing.SEE_POSTS,
                _("Rules that help whoever writes, with the reason and another way to say it."),
            ),
            Entry(
                _("When I am away"), "publishing:absences", publishing.SEE_POSTS,
                _("Who approves posts in one’s stead."),
            ),
        ),
    ),
    (
        _("Who may do what"),
        (
            Entry(
                _("Units"), "accounts:units", accounts.SEE_UNITS,
                _("Faculties, schools, departments, services, and who holds a role there."),
            ),
            Entry(_("Users"), "accounts:users", accounts.SEE_USERS, _("Those who can sign in, and when they last did.")),
            Entry(
                _("Invitations"), "accounts:invitations", accounts.INVITE,
                _("Who was asked to come, whether the message left, whether they came."),
            ),
            Entry(
                _("Machine access"), "interchange:machines", interchange.HOLD_TOKENS,
                _("Machines that read and write here with a token, and those that are told what happens."),
            ),
            Entry(
                _("Who can do what"), "accounts:rights", accounts.SEE_RIGHTS,
                _("Every right of the house, the roles that give it, the persons who hold it."),
            ),
        ),
    ),
    (
        _("Personal data"),
        (
            Entry(
                _("Personal data"), "privacy:desk", privacy.READ_PURPOSES,
                _("Purposes, consents, requests of rights, register of processing, breaches."),
            ),
            Entry(
                _("Requests of rights"), "privacy:requests", privacy.HANDLE_REQUESTS,
                _("Who asks to know, to correct, to be erased, and until when they must be answered."),
            ),
            Entry(
                _("Register of processing"), "privacy:register", privacy.READ_PURPOSES,
                _("Article 30, written from what is really in force here."),
            ),
            Entry(
                _("Breaches"), "privacy:breaches", privacy.KEEP_BREACHES,
                _("Every one is written down; 72 hours to tell the authority."),
            ),
        ),
    ),
    (
        _("What happens"),
        (
            Entry(
                _("Journal"), "foundation:journal", foundation.READ_JOURNAL,
                _("Who did what, when, on what and why. A line never changes."),
            ),
            Entry(
                _("Long works"), "foundation:works", None,
                _("Imports, exports and rebuilds that were asked for, and how far they are."),
            ),
            Entry(
                _("Take everything away"), "people:everything", people.TAKE_EVERYTHING,
                _("All that the house holds, in open formats; and the proof, night after night, that it can leave."),
            ),
            Entry(
                _("Duties"), "foundation:duties", foundation.SEE_DUTIES,
                _("What the house does by itself, how it went, and who is at work."),
            ),
        ),
    ),
)  # fmt: skip
HOUSE: Final = tuple(entry for _label, entries in FLOORS for entry in entries if entry.name != "people:quarantine")
# Pages whose address does not begin as that of their section.
INSIDE: Final = {"people:directory": ("/personnes/", "/temoignages/")}
# Where the palette leads: everything above, and what is within one act of it.
PLACES: Final = (
    *SECTIONS,
    *HOUSE,
    Entry(_("Bring files"), "people:new_import", people.BRING_FILES),
    Entry(_("Components"), "foundation:components"),
    Entry(_("My account"), "accounts:my_account"),
)


def open_to(request: HttpRequest, entries: tuple[Entry, ...]) -> list[Section]:
    """The entries that this person may open."""
    found = []
    for entry in entries:
        concerns = not entry.roles or (isinstance(request.user, Holder) and request.user.holds(*entry.roles))
        if concerns and (entry.ability is None or may(request.user, entry.ability)):
            address = reverse(entry.name)
            count = entry.waiting() if entry.waiting else 0
            found.append(Section(entry.label, address, is_here(request.path, entry, address), entry.why, count))
    return found


def is_here(path: str, entry: Entry, address: str) -> bool:
    """Whether this page belongs to that section: persons to the directory, every room to the house."""
    if entry.name == "site:home":
        return path == address
    within = [address, *INSIDE.get(entry.name, ())]
    if entry.name == "site:house":
        within += [reverse(room.name) for room in HOUSE]
    return path.startswith(tuple(within))


def sections(request: HttpRequest) -> list[Section]:
    """What the masthead shows. Nothing before signing in."""
    found = open_to(request, SECTIONS) if request.user.is_authenticated else []
    # A room that has a section of its own is not, besides, behind "The house".
    here = [section for section in found if section.current]
    return [replace(section, current=False) if section in here[1:] else section for section in found]


def rooms(request: HttpRequest) -> list[Floor]:
    """The house, floor by floor. A floor where this person may open nothing is not shown."""
    found = (Floor(label, open_to(request, entries)) for label, entries in FLOORS)
    return [floor for floor in found if floor.rooms]
