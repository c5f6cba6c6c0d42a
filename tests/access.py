"""Who may see and do what, address by address: the table `tests/access.csv`, and how it is measured.

`python -m tests.access` compares the table with the house; `python -m tests.access --update` writes it again.

yes: the page opens · own: only about oneself, or what one brought oneself · no: refused, with the reason ·
404: does not exist for this role · token: for a machine, with a token of its own · sign-in: after signing in
elsewhere: leads to another page
"""

import csv
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

TABLE = Path(__file__).parent / "access.csv"
ANONYMOUS = "anonymous"
DENIED = {"no", "404", "sign-in", "token"}
BROKEN = "500"


class Line(NamedTuple):
    """`verb`: "see" (GET) or "do" (POST). `may`: role → answer."""

    area: str
    what: str
    verb: str
    name: str
    path: str
    may: dict[str, str]

    @property
    def key(self) -> tuple[str, str]:
        return self.name, self.verb

    def cells(self) -> list[str]:
        return [self.area, self.what, self.verb, self.path, *self.may.values(), self.name]

    def __str__(self) -> str:
        return ",".join(self.cells())


def roles() -> list[str]:
    from tests.house import NAMES

    return [ANONYMOUS, *NAMES]


def header() -> list[str]:
    return ["area", "what", "verb", "address", *roles(), "name"]


def written() -> dict[tuple[str, str], Line]:
    """The table as it stands in its file."""
    found = {}
    with TABLE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            line = Line(
                row["area"],
                row["what"],
                row["verb"],
                row["name"],
                row["address"],
                {role: row[role] for role in roles()},
            )
            found[line.key] = line
    return found


def one_of_each(name: str, verb: str) -> list[str]:
    """A role for each answer that the table gives about this address."""
    line = written().get((name, verb))
    return list({answer: role for role, answer in line.may.items()}.values()) if line else roles()


def measured(asking: Callable[[str, str], list[str]] | None = None) -> Iterator[Line]:
    """The table as the house answers. Each request is taken back, so that none changes the answer of the next."""
    from django.test.client import ClientHandler

    from tests.addresses import addresses
    from tests.house import build

    # One for all who ask: each would otherwise load every layer again, and note anew when its session was last seen.
    house, handler = build(), ClientHandler(enforce_csrf_checks=False)
    sessions = {None: "", **{user.pk: session_of(user) for user in house.users.values()}}
    for address in addresses():
        for verb in ("see", "do"):
            may = {}
            for role in asking(address.name, verb) if asking else roles():
                user = house.users.get(role)
                ask = Asking(house, address, verb, sessions[user.pk if user else None], handler)
                may[role] = ask.answer(house.belongings[user.pk] if user else None)
            if {answer for role, answer in may.items() if role != ANONYMOUS} != {""}:
                what = address.name.partition(":")[2] or address.name
                yield Line(address.area, what.replace("_", " "), verb, address.name, address.shown, may)


def session_of(user: Any) -> str:
    """Of someone who has just typed their password: the pages about passkeys ask for it."""
    from allauth.account.internal.flows.login import record_authentication
    from django.test import Client, RequestFactory

    client, request = Client(), RequestFactory().get("/")
    client.force_login(user)
    request.session = client.session
    record_authentication(request, user, "password", email=user.email, reauthenticated=True)
    request.session.save()
    return client.cookies["sessionid"].value


class Asking:
    """One role asks one address, as a browser would."""

    def __init__(self, house: Any, address: Any, verb: str, session: str, handler: Any) -> None:
        self.house, self.address, self.verb, self.session, self.handler = house, address, verb, session, handler

    def answer(self, belongings: Any) -> str:
        path = self.address.examples(self.house)[0]
        found = self.ask(path)
        own = self.address.own(belongings) if belongings else None
        if found in {"no", "404"} and own and self.ask(own) not in DENIED:
            return "own"
        return found

    def ask(self, path: str) -> str:
        """ "" when this address does not answer this verb."""
        from django.core.cache import cache
        from django.db import transaction
        from django.test import Client

        from tests.addresses import FORMS

        cache.clear()  # throttling would otherwise refuse the twentieth form
        client = Client(raise_request_exception=False)
        client.handler = self.handler
        if self.session:
            client.cookies["sessionid"] = self.session
        with transaction.atomic():
            if self.verb == "see":
                response = client.get(path)
            else:
                form = FORMS.get(self.address.name, lambda _house: {})(self.house)
                response = client.post(path, form)
            told = self.told(response)
            transaction.set_rollback(True)
        return told

    def told(self, response: Any) -> str:
        if (
            response.status_code >= 500 and self.address.name != "foundation:ready"
        ):  # which says so when no worker lives
            return BROKEN
        if response.status_code == 405:
            return ""
        if response.status_code in {301, 302, 303}:
            if "/compte/login/" in response["Location"]:
                return "sign-in"
            return "elsewhere" if self.verb == "see" else "yes"
        return {401: "token", 403: "no", 404: "404"}.get(response.status_code, "yes")


def write(lines: list[Line]) -> None:
    """Keep what was said of each line by hand; sort as a reader looks for things."""
    known = written() if TABLE.exists() else {}
    named = [line._replace(what=known[line.key].what) if line.key in known else line for line in lines]
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header())
        writer.writerows(
            line.cells() for line in sorted(named, key=lambda line: (line.area, line.path, line.verb != "see"))
        )


def differences(lines: list[Line]) -> list[str]:
    """Sentences: what is missing in the table, what it says wrongly, what is gone."""
    known, found = written(), {line.key: line for line in lines}
    told = [f"Add this line to tests/access.csv: {line}" for key, line in found.items() if key not in known]
    told += [f"{name} ({verb}) no longer exists: take it out." for name, verb in known.keys() - found.keys()]
    for key, line in found.items():
        for role, answer in line.may.items():
            if answer == BROKEN:
                told.append(f"{line.name} ({line.verb}) breaks for {role}.")
            elif key in known and known[key].may[role] != answer:
                told.append(f"{line.name} ({line.verb}), {role}: {answer}, and the table says {known[key].may[role]}")
    return told


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.db import transaction
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    bases = runner.setup_databases()
    try:
        with transaction.atomic():
            lines = list(measured())
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(bases)
    if "--update" in arguments:
        write(lines)
    told = differences(lines)
    print("\n".join(told))  # noqa: T201
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
