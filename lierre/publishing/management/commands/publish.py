"""`lierre publish --account univ --text-file post.txt --at 2026-12-01T09:00`, or lines of JSON on standard input."""

import getpass
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DataError, transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.charter.holding import hold_to_charter
from lierre.publishing.charter.posts import Charter, Shown, charter_of
from lierre.publishing.library import commanded
from lierre.publishing.models import Account, Post
from lierre.publishing.outbox.lines import EXAMPLE, Line, line, lines_of, text_in, understood
from lierre.publishing.outbox.telling import told


class Command(BaseCommand):
    requires_system_checks = ()  # they read every page of the product first: `lierre check` does so
    help = (
        "Leave a text to be published by `lierre work`, now or at a time. Without --text-file, reads lines of JSON: "
        f"{EXAMPLE}; `parts` (a list) makes a thread, a `reference` said twice is written once, `count_links` counts clicks, "
        '`media` ([{"file": "hall.jpg", "alt": "…"}]) is shown with it. '
        "What the charter says of it is printed with it; what the charter blocks is not taken. "
        "Exit status 1 when a line was not taken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--account", action="append", default=[], help="may be repeated: one text, several accounts"
        )
        parser.add_argument("--text-file", type=Path, action="append", default=[], help="UTF-8; repeated, a thread")
        parser.add_argument("--at", default="", help="ISO 8601; without an offset, the clock of the institution")
        parser.add_argument("--reference", default="", help="a name of yours: said twice, it is written once")
        parser.add_argument("--language", default="fr")
        parser.add_argument("--count-links", action="store_true", help="each address leaves as a short link of ours")
        parser.add_argument("--media", action="append", default=[], help="a file to show; may be repeated")
        parser.add_argument("--alt", action="append", default=[], help="what each file shows, in their order")
        parser.add_argument("--json", action="store_true", help="print one object for each row of the outbox")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        self.by = f"lierre publish, {getpass.getuser()}"
        self.accounts: dict[str, Account] = {}
        refused = 0
        for number, read in enumerate(self.lines(options), 0 if options["text_file"] else 1):
            try:
                post, charter = self.write(read())
            except (Refused, ValueError, DataError) as refusal:
                refused += 1
                self.complain(number, str(refusal), as_json=options["json"])
                continue
            self.say(post, charter, as_json=options["json"])
        if refused:
            raise SystemExit(1)

    def lines(self, options: dict[str, Any]) -> Iterator[Callable[[], Line]]:
        usual = {name: options[name] for name in ("account", "at", "reference", "language", "count_links")}
        if not options["text_file"]:
            for text in lines_of(sys.stdin):
                yield lambda text=text: understood(text, usual)  # type: ignore[misc]
            return
        yield lambda: line(usual | {
            "parts": [text_in(file) for file in options["text_file"]],
            "media": commanded.asked(options["media"], options["alt"]),
        })  # fmt: skip

    def write(self, asked: Line) -> tuple[Post, Charter]:
        """One post, approved: whoever holds this command line answers for the institution, and is held to its charter."""
        accounts = [self.account(name) for name in asked.accounts]
        if asked.reference and (known := Post.objects.filter(reference=asked.reference).first()):
            return known, Charter()
        fields: dict[str, Any] = {"title": asked.title} if asked.title else {}
        fields |= {"language": asked.language, "reference": asked.reference or None, "due_at": asked.at}
        media = commanded.named(asked.media, by=self.by)
        with transaction.atomic():
            post = Post.write(asked.parts, accounts, by=self.by, counts_links=asked.counts_links, **fields)
            commanded.show(post, media, by=self.by)
            charter = charter_of(post)
            if charter.blocking:
                hold_to_charter(post)
            post.approve(by=self.by)
        return post, charter

    def account(self, name: str) -> Account:
        if name not in self.accounts:
            account = Account.objects.named(name)
            if account.archived_at:
                raise Refused(_("%(account)s is archived: nothing leaves for it any more.") % {"account": account.name})
            self.accounts[name] = account
        return self.accounts[name]

    def say(self, post: Post, charter: Charter, *, as_json: bool) -> None:
        advice = [advised(each) for each in charter.shown]
        for delivery in post.deliveries.select_related("account", "post").order_by("pk"):
            if as_json:
                self.stdout.write(json.dumps(told(delivery) | {"charter": advice}, ensure_ascii=False))
            else:
                self.stdout.write(f"{delivery.pk}  {delivery.account.name}  {delivery.due_at:%Y-%m-%d %H:%M %Z}")
        if not as_json:
            for each in advice:
                self.stderr.write(f"{each['rule']}: {each['sentence']}")

    def complain(self, number: int, sentence: str, *, as_json: bool) -> None:
        line = {"line": number} if number else {}
        if as_json:
            self.stdout.write(json.dumps(line | {"refused": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(f"line {number}: {sentence}" if number else sentence)


def advised(each: Shown) -> dict[str, Any]:
    """What the charter would have said on the page."""
    found = each.finding
    return {
        "severity": found.severity, "rule": found.rule.name, "part": found.part, "passage": found.passage,
        "sentence": found.sentence, "instead": found.replacement,
    }  # fmt: skip
