"""An account of a real server, opened by consent: Lierre is known there by a page of its own, and a key that signs for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit

from lierre.connectors.bluesky import client
from lierre.connectors.network import Account, Application, Code, network
from simulators.faults import Faults
from simulators.serving import Request, Response, living


@dataclass
class Us:
    """The two pages by which a server knows us."""

    back: str = ""
    verifier: str = ""  # a server takes each once
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        self.asked.append(request.path)
        pages = {client.PAGE: lambda: client.page(self.back), client.KEYS: client.public_keys}
        return Response(200, pages[request.path]()) if request.path in pages else Response(404, {})

    def publishes(self, _request: Request) -> bool:
        return False


@contextmanager
def known(settings) -> Iterator[Us]:
    """At an address in https, which the real server reads on this machine (see tests/networks/bluesky.cjs)."""
    us = Us()
    with living(us) as address:
        settings.ADDRESS = f"https://port-{urlsplit(address).port}.lierre.internal"
        us.back = f"{settings.ADDRESS}/retour/"
        yield us


def asked(server, handle: str, us: Us) -> tuple[Application, str]:
    """Who opens this account, and the page where somebody says yes."""
    bluesky, us.verifier = network("bluesky"), token_urlsafe(48)
    application = bluesky.application(f"{handle}@{server.url}", us.back)
    return application, bluesky.where_to_authorise(application, us.back, "a state", us.verifier)


def brought(application: Application, us: Us, query: str, **besides: str) -> Code:
    told = {name: values[0] for name, values in parse_qs(query).items()} | besides
    return Code(told.get("code", ""), us.back, application, us.verifier, told.get("iss", ""))


def opened(server, us: Us) -> Account:
    handle, _password = server.account()
    application, page = asked(server, handle, us)
    return network("bluesky").authorise(brought(application, us, server.says(page, handle)))[0]
