"""What every page owes its reader, whatever the domain: headers that protect, no inline code, a language, a title."""

import re
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.formats import date_format

from lierre.foundation.models.journal import record
from tests.access import session_of
from tests.addresses import addresses
from tests.house import PASSWORD, build

pytestmark = pytest.mark.django_db
PROMISES = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FORBIDDEN_IN_POLICY = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*", "blob:")
# Put inside a page by the page itself.
FRAGMENTS = {"people:suggestions", "publishing:mailing_preview", "publishing:review_letter"}
ADDRESSES_IN = {"href", "src", "action", "formaction", "srcset", "poster"}


class Reading(HTMLParser):
    """What a page holds that our policy would stop, or that a screen reader would miss."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.language = self.title = ""
        self.headings = 0
        self.ids: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.within = tag
        if tag == "html":
            self.language = held.get("lang", "")
        if tag == "h1":
            self.headings += 1
        if tag == "style" or "style" in held:
            self.faults.append(f"inline style: <{tag} {held}>")
        if tag == "script" and "src" not in held and held.get("type") != "application/json":
            self.faults.append("inline script")
        self.faults += [f"inline handler: <{tag} {name}>" for name in held if name.startswith("on")]
        for name, value in held.items():
            # The accounts of the institution elsewhere, which networks look for here; what somebody knowingly points at.
            said = held.get("rel") in {"me", "external noreferrer"} and value.startswith("https:") and tag == "a"
            if name in ADDRESSES_IN and value.startswith(("http:", "https:", "javascript:", "//")) and not said:
                self.faults.append(f"leads outside: <{tag} {name}={value}>")
        if "id" in held:
            self.ids.append(held["id"])

    def handle_data(self, data: str) -> None:
        if self.within == "title":
            self.title += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.within = ""


def pages(client: Client, house: Any) -> dict[str, Any]:
    """Every page that this client may open, with its answer."""
    found = {}
    for address in (each for each in addresses() if each.name not in FRAGMENTS):
        for path in address.examples(house):
            cache.clear()
            answer = client.get(path)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                found[path] = answer
    return found


@pytest.fixture
def opened() -> dict[str, Any]:
    """Every page of the house, as whoever may open them all sees it, and as a stranger does."""
    house = build()
    client = Client()
    client.cookies["sessionid"] = session_of(house.everybody)
    return pages(Client(), house) | pages(client, house)


def test_every_page_keeps_the_promises_of_the_house(opened):
    broken: dict[str, list[str]] = {}
    for path, answer in opened.items():
        policy = answer.headers.get("Content-Security-Policy", "")
        reading = Reading()
        reading.feed(answer.content.decode())
        twice = {name for name in reading.ids if reading.ids.count(name) > 1}
        faults = [
            *(f"{name} is not {value}" for name, value in PROMISES.items() if answer.headers.get(name) != value),
            *(f"the policy allows {word}" for word in FORBIDDEN_IN_POLICY if word in policy.split()),
            *([] if "default-src 'none'" in policy and "frame-ancestors 'none'" in policy else ["no policy"]),
            *([] if reading.language == "en" else [f"language {reading.language!r}"]),
            *([] if reading.title.strip(" ·\n").removesuffix("Lierre").strip(" ·") else ["no title"]),
            *([] if reading.headings == 1 else [f"{reading.headings} first headings"]),
            *([f"identifiers twice: {sorted(twice)}"] if twice else []),
            *reading.faults,
        ]
        if faults:
            broken[path] = faults

    assert broken == {}
    assert len(opened) > 70


def test_a_session_is_kept_where_scripts_cannot_read_it(client, solenn):
    answer = client.post("/compte/login/", {"login": solenn.email, "password": PASSWORD})

    kept = answer.cookies["sessionid"]
    assert (answer.status_code, kept["httponly"], kept["samesite"]) == (302, True, "Lax")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("status", "path"), [(403, "/taches/"), (404, "/personnes/personne/"), (404, "/nulle-part/")])
def test_a_refusal_is_a_page_in_the_language_of_the_reader(client, solenn, language, status, path):
    client.force_login(solenn)
    client.cookies["django_language"] = language

    answer = client.get(path)

    reading = Reading()
    reading.feed(answer.content.decode())
    assert (answer.status_code, reading.language, reading.headings, reading.faults) == (status, language, 1, [])
    assert ("Revenir à l’accueil" in answer.content.decode()) == (language == "fr")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_form_that_was_open_too_long_is_told_so(solenn, language):
    client = Client(enforce_csrf_checks=True)
    client.force_login(solenn)
    client.cookies["django_language"] = language

    answer = client.post("/mon-compte/", {"name": "Solenn"})

    reading = Reading()
    reading.feed(answer.content.decode())
    assert (answer.status_code, reading.language, reading.headings, reading.faults) == (403, language, 1, [])


def test_an_accident_is_a_page_too_and_tells_nothing_of_its_cause(client, solenn, monkeypatch):
    def stumble(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError("the cause")

    monkeypatch.setattr("lierre.site.desk.waiting_for", stumble)
    client.raise_request_exception = False
    client.force_login(solenn)

    answer = client.get("/")

    reading = Reading()
    reading.feed(answer.content.decode())
    assert (answer.status_code, reading.headings, reading.faults) == (500, 1, [])
    assert "the cause" not in answer.content.decode()
    assert {"fr", "en"} <= {reading.language, *re.findall(r'lang="(\w+)"', answer.content.decode())}


def test_what_is_not_understood_is_told_so(client, solenn, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    client.force_login(solenn)

    answer = client.post("/mon-compte/", {"name": "Solenn", "theme": "dark", "language": "fr"})

    reading = Reading()
    reading.feed(answer.content.decode())
    assert (answer.status_code, reading.headings, reading.faults) == (400, 1, [])


def test_the_language_of_the_browser_holds_until_someone_chooses(client, solenn):
    first = client.get("/compte/login/", headers={"accept-language": "fr-FR,fr;q=0.9"})
    other = client.get("/compte/login/", headers={"accept-language": "de-DE"})
    client.post("/langue/", {"language": "en", "next": "/compte/login/"})
    chosen = client.get("/compte/login/", headers={"accept-language": "fr-FR"})

    assert 'lang="fr"' in first.content.decode()
    assert 'lang="en"' in other.content.decode()  # the default of the tests; that of the product is French
    assert 'lang="en"' in chosen.content.decode()


def test_the_language_and_the_theme_follow_the_account(client, solenn):
    client.force_login(solenn)

    client.post("/langue/", {"language": "fr", "next": "/"})
    client.post("/apparence/", {"theme": "dark", "next": "/"})

    solenn.refresh_from_db()
    page = client.get("/").content.decode()
    assert (solenn.language, solenn.theme) == ("fr", "dark")
    assert 'lang="fr" data-theme="dark"' in page


def test_a_choice_never_leads_outside(client):
    answer = client.post("/langue/", {"language": "fr", "next": "https://elsewhere.example/"})

    assert (answer.status_code, answer["Location"]) == (303, "/")


def test_hours_are_those_of_the_institution(client, maiwenn, settings):
    settings.TIME_ZONE = "Indian/Reunion"
    entry = record("test.happened", by="the tests", name="Noël")
    client.force_login(maiwenn)

    page = client.get("/journal/").content.decode()

    assert date_format(entry.at.astimezone(ZoneInfo("Indian/Reunion")), "SHORT_DATETIME_FORMAT") in page


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_what_machines_ask_is_never_kept_and_tells_no_secret(client, path):
    answer = client.get(path)

    assert "no-store" in answer["Cache-Control"]
    assert answer.status_code in {200, 503}
    assert "lierre.sqlite3" not in answer.content.decode()
