"""`lierre publish --account univ --text-file post.txt --at 2026-12-01T09:00`, or lines of JSON on standard input."""

import getpass
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.library import commanded
from lierre.publishing.models import Account, Post
from lierre.publishing.outbox.telling import told

EXAMPLE = '{"account": "univ", "text": "…", "at": "2026-12-01T09:00:00+01:00", "reference": "mine-7"}'


class Command(BaseCommand):
    help = (
        "Leave a text to be published by `lierre work`, now or at a time. Without --text-file, reads lines of JSON: "
        f"{EXAMPLE}; `parts` (a list) makes a thread, a `reference` said twice is written once, `count_links` counts clicks, "
        '`media` ([{"file": "hall.jpg", "alt": "…"}]) is shown with it. '
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
        for number, line in enumerate(self.lines(options), 1):
            try:
                post = self.write(line() if callable(line) else line, options)
            except (Refused, ValueError) as refusal:
                refused += 1
                self.complain(number, str(refusal), as_json=options["json"])
                continue
            self.say(post, as_json=options["json"])
        if refused:
            raise SystemExit(1)

    def lines(self, options: dict[str, Any]) -> Iterator[Any]:
        if not options["text_file"]:
            for text in sys.stdin:
                if text.strip():
                    yield lambda text=text: understood(text)
            return
        try:
            parts = [file.read_bytes().decode() for file in options["text_file"]]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from None
        yield lambda: {
            "account": options["account"], "parts": parts, "media": commanded.asked(options["media"], options["alt"])
        }  # fmt: skip

    def write(self, line: Any, options: dict[str, Any]) -> Post:
        """One post, approved: whoever holds this command line answers for the institution."""
        if not isinstance(line, dict):
            raise Refused(_("A line is one object of JSON, as %(example)s.") % {"example": EXAMPLE})
        line = {"language": options["language"], "at": options["at"], "reference": options["reference"]} | line
        parts = line.get("parts") or [line.get("text")]
        if not all(isinstance(part, str) and part.strip() for part in parts):
            raise Refused(_("There is no text to publish."))
        names = line.get("account") or options["account"]
        names = [names] if isinstance(names, str) else names
        accounts = [self.account(str(name)) for name in names]
        if not accounts:
            raise Refused(_("Say for which account: --account, or “account” in the line."))
        reference = line["reference"] or None
        if reference and (known := Post.objects.filter(reference=reference).first()):
            return known
        fields = {"language": line["language"], "reference": reference, "due_at": moment(line["at"])}
        fields["counts_links"] = line.get("count_links", options["count_links"]) is True
        if line.get("title"):
            fields["title"] = str(line["title"])[:150]
        media = commanded.named(line.get("media"), by=self.by)
        with transaction.atomic():
            post = Post.write(parts, accounts, by=self.by, **fields)
            commanded.show(post, media, by=self.by)
            post.approve(by=self.by)
        return post

    def account(self, name: str) -> Account:
        if name not in self.accounts:
            self.accounts[name] = Account.objects.named(name)
        return self.accounts[name]

    def say(self, post: Post, *, as_json: bool) -> None:
        for delivery in post.deliveries.select_related("account", "post").order_by("pk"):
            if as_json:
                self.stdout.write(json.dumps(told(delivery), ensure_ascii=False))
            else:
                self.stdout.write(f"{delivery.pk}  {delivery.account.name}  {delivery.due_at:%Y-%m-%d %H:%M %Z}")

    def complain(self, number: int, sentence: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"line": number, "refused": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(f"line {number}: {sentence}")


def understood(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise Refused(_("A line is one object of JSON, as %(example)s.") % {"example": EXAMPLE}) from None


def moment(text: str) -> datetime:
    """An instant. Refuses what no clock shows."""
    if not text:
        return timezone.now()
    try:
        found = parse_datetime(str(text))
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("“%(text)s” is not a moment: write 2026-12-01T09:00.") % {"text": text})
    return found if timezone.is_aware(found) else timezone.make_aware(found)
