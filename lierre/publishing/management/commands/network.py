"""`lierre network connect mastodon --account univ --token-file key.txt`, `lierre network check univ`."""

import getpass
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.connectors.network import networks
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account
from lierre.publishing.outbox import connecting, health
from lierre.publishing.outbox.key_files import key_in
from lierre.publishing.outbox.telling import account_told


class Command(BaseCommand):
    requires_system_checks = ()  # they read every page of the product first: `lierre check` does so
    help = "Connect an account of a network, look whether it is open, or list them. Exit status 1 when it is not open."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        connect = acts.add_parser("connect", help="open an account with a key that the network gave")
        connect.add_argument("network", help="mastodon, bluesky…")
        connect.add_argument("--account", required=True, help="its name here; at Bluesky, its handle")
        connect.add_argument(
            "--token-file", required=True, type=Path, help="file that holds the key, alone or in JSON; - to type it"
        )
        connect.add_argument("--base-url", default="", help="its server, where a network has several")
        check = acts.add_parser("check", help="ask the network whether the account is open")
        check.add_argument("account")
        every = acts.add_parser("list", help="every account, and every network that can be spoken to")
        for each in (connect, check, every):
            each.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_arguments: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{act}")(options)
        except Refused as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
                raise SystemExit(1) from None
            raise CommandError(str(refusal)) from None

    def do_connect(self, options: dict[str, Any]) -> None:
        by = f"lierre network, {getpass.getuser()}"
        file: Path = options["token_file"]
        try:
            secret = getpass.getpass("Key: ") if str(file) == "-" else key_in(file.read_bytes())
        except OSError:
            told = {"file": file}
            raise Refused(
                _("The file %(file)s cannot be read: look at its name, and whether you may open it.") % told
            ) from None
        account = connecting.connect(options["network"], options["account"], secret, address=options["base_url"], by=by)
        self.say(account, options)

    def do_check(self, options: dict[str, Any]) -> None:
        account = Account.objects.named(options["account"])
        found = health.check(account, by=f"lierre network, {getpass.getuser()}")
        account.refresh_from_db()
        self.say(account, options, missing=list(found.missing) if found else [], open=found is not None)
        if found is None:
            raise SystemExit(1)

    def do_list(self, options: dict[str, Any]) -> None:
        for account in Account.objects.living():
            self.say(account, options)
        if not options["json"]:
            self.stdout.write("networks: " + ", ".join(networks()))

    def say(self, account: Account, options: dict[str, Any], **more: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(account_told(account) | more, ensure_ascii=False))
            return
        state = account.said or ("held" if account.held else "open" if account.is_connected else "not connected")
        self.stdout.write(f"{account.name}  {account.network}  {account.handle}  {state}")
