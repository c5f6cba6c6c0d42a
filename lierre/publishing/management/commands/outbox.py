"""
`lierre outbox --json`: every row, with its proof. `lierre outbox check ID`: ask the network about one, now.

What ambassadors send in their own name is not there (docs/decisions/0018): `lierre outbox --own` says how much of it there is.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lierre.publishing.models import Delivery
from lierre.publishing.outbox.looking import look
from lierre.publishing.outbox.telling import told
from lierre.publishing.own.desk import counted


class Command(BaseCommand):
    requires_system_checks = ()  # they read every page of the product first: `lierre check` does so
    help = "Show what waits, left, is online, or must be looked at; one object of JSON a line with --json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", nargs="?", choices=["check"], help="check ID: ask the network what became of it")
        parser.add_argument("id", nargs="?", type=int)
        parser.add_argument("--json", action="store_true", help="print one object a line, with evidence and log")
        parser.add_argument(
            "--own", action="store_true", help="how many own accounts and texts of ambassadors, in numbers"
        )
        parser.add_argument("--state", action="append", default=[], choices=Delivery.State.values)
        parser.add_argument("--account", action="append", default=[])

    def handle(self, *_arguments: Any, act: str, id: int, **options: Any) -> None:
        if options["own"]:
            self.stdout.write(json.dumps(counted()))
            return
        rows = Delivery.objects.select_related("account", "post").order_by("pk")
        if act == "check":
            if id is None:
                raise CommandError("Say which row: lierre outbox check ID.")
            delivery = rows.filter(pk=id).first()
            if delivery is None:
                raise CommandError(f"There is no row {id}.")
            look(delivery)
            rows = rows.filter(pk=id)
        if options["state"]:
            rows = rows.filter(state__in=options["state"])
        if options["account"]:
            rows = rows.filter(account__name__in=options["account"])
        for delivery in rows.prefetch_related("log").iterator(chunk_size=500):
            self.say(delivery, as_json=options["json"])

    def say(self, delivery: Delivery, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told(delivery, delivery.log.all()), ensure_ascii=False))
            return
        where = delivery.permalink or delivery.failure
        self.stdout.write(f"{delivery.pk}  {delivery.account.name}  {delivery.state}  {delivery.post.title}  {where}")
