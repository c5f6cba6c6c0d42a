"""`lierre mailing list [--json]`: every mailing, with its figures. `test ID --to ADDRESS`: a trial. `check ID`: its headers."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lierre.connectors.mail import Rejected, Unanswered
from lierre.publishing.mailing.checking import looked_at
from lierre.publishing.mailing.composing import send_trial
from lierre.publishing.mailing.figures import clicks
from lierre.publishing.mailing.progress import progress
from lierre.publishing.models import Mailing


class Command(BaseCommand):
    help = "List the mailings with their figures, send a trial of one, or look at the headers that a relay signs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["list", "test", "check"])
        parser.add_argument("id", nargs="?", type=int)
        parser.add_argument("--to", default="", help="test: the address that receives the trial")
        parser.add_argument("--json", action="store_true", help="list, check: one object a line")

    def handle(self, *_arguments: Any, act: str, id: int | None, to: str, json: bool, **_options: Any) -> None:
        if act == "test":
            self.test(id, to)
            return
        if act == "check":
            self.inspect(id, as_json=json)
            return
        for mailing in Mailing.objects.select_related("segment").order_by("pk"):
            self.say(mailing, as_json=json)

    def inspect(self, number: int | None, *, as_json: bool) -> None:
        mailing = Mailing.objects.select_related("segment").filter(pk=number or 0).first()
        if mailing is None:
            raise CommandError("Say which mailing: lierre mailing check ID")
        found = looked_at(mailing)
        for each in found:
            if as_json:
                self.stdout.write(json.dumps(asdict(each), ensure_ascii=False))
            else:
                self.stdout.write(f"{'ok  ' if each.good else 'look'}  {each.what}: {each.found}")
        if not all(each.good for each in found):
            raise CommandError("Somebody must look at what is not ok.", returncode=1)

    def test(self, number: int | None, to: str) -> None:
        mailing = Mailing.objects.select_related("segment").filter(pk=number or 0).first()
        if mailing is None or not to:
            raise CommandError("Say which mailing and to whom: lierre mailing test ID --to ADDRESS")
        try:
            send_trial(mailing, to)
        except (Rejected, Unanswered, OSError) as error:
            raise CommandError(f"The mail server did not take it: {error}") from error
        self.stdout.write(f"A trial of “{mailing}” has left for {to}.")

    def say(self, mailing: Mailing, *, as_json: bool) -> None:
        counted = progress(mailing)
        told = {
            "id": mailing.pk, "name": mailing.name, "topic": mailing.topic, "segment": mailing.segment.name,
            "state": mailing.state, "due_at": mailing.due_at.isoformat() if mailing.due_at else None,
            "recipients": counted.total, "delivered": counted.delivered, "bounced": counted.bounced,
            "refused": counted.refused, "uncertain": counted.uncertain, "waiting": counted.waiting,
            "unsubscribed": counted.unsubscribed, "complaints": counted.complained,
            "clicks": opened.people if (opened := clicks(mailing)) else None,
        }  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"{mailing.pk}  {mailing.state}  {counted.delivered}/{counted.total}  {mailing}")
