"""Where the processes of these tests are born: they are real, and die for real, but have read the product already.

`python -m tests.reliability.nursery SOCKET` reads it once, then waits. Whoever is asked for is forked from there, takes the
settings of its own house, and runs the command line as any process of the product does. The nursery ends with who began it.
"""

import array
import importlib
import json
import os
import random
import selectors
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any


def main(address: str) -> None:
    learn()
    words, around = born(address)
    become(around)
    command = importlib.import_module("lierre.__main__")
    sys.modules["__main__"], sys.argv = command, ["lierre", *words]
    command.main()


def learn() -> None:
    """What every process reads at its beginning, whatever its house. Nothing is connected to."""
    import django
    from django.apps import apps
    from django.core.management import get_commands, load_command_class
    from django.utils.module_loading import autodiscover_modules

    django.setup()
    for module in (
        "lierre.site.urls",
        "django.core.management.commands.migrate",
        "django.core.management.commands.shell",
    ):
        importlib.import_module(module)
    for each in apps.get_app_configs():
        for path in Path(each.path, "migrations").glob("0*.py"):
            importlib.import_module(f"{each.name}.migrations.{path.stem}")
    for name, package in get_commands().items():
        if package.startswith("lierre."):
            load_command_class(package, name)
    autodiscover_modules("duties", "long_works", "lanes")


def born(address: str) -> tuple[list[str], dict[str, str]]:
    """Answers in each child, with the words of its command and what is around it; never in the nursery."""
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen()
    waiting = selectors.DefaultSelector()
    waiting.register(sys.stdin, selectors.EVENT_READ, "the end")
    waiting.register(door, selectors.EVENT_READ, "somebody asks")
    while True:
        for key, _events in waiting.select():
            if key.data == "the end":
                Path(address).unlink()
                os._exit(0)
            elif key.data == "somebody asks":
                asking, _from = door.accept()
                asked, streams = received(asking)
                child = os.fork()
                if not child:
                    for number, stream in zip((1, 2), streams, strict=True):
                        os.dup2(stream, number)
                        if stream > 2:
                            os.close(stream)
                    return asked["words"], asked["around"]
                for stream in streams:
                    os.close(stream)
                asking.sendall(f"{child}\n".encode())
                waiting.register(os.pidfd_open(child), selectors.EVENT_READ, (child, asking))
            else:
                pid, asking = key.data
                _pid, status = os.waitpid(pid, 0)
                waiting.unregister(key.fileobj)
                os.close(key.fd)
                with suppress(BrokenPipeError):  # nobody wants to know any more
                    asking.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
                asking.close()


def received(asking: socket.socket) -> tuple[Any, list[int]]:
    """What is asked, and the two streams of whoever will be born."""
    streams = array.array("i")
    first, control, _flags, _from = asking.recvmsg(1 << 20, socket.CMSG_SPACE(2 * streams.itemsize))
    for _level, _kind, held in control:
        streams.frombytes(held)
    while not first.endswith(b"\n"):
        first += asking.recv(1 << 20)
    return json.loads(first), streams.tolist()


def become(around: dict[str, str]) -> None:
    """The settings are read again, as those of this house."""
    from django.conf import Settings, settings
    from django.core.cache import caches
    from django.db import connections

    os.environ.clear()
    os.environ.update(around)
    random.seed()
    for name in ("lierre.settings", around["DJANGO_SETTINGS_MODULE"]):
        importlib.reload(importlib.import_module(name))
    settings._wrapped = Settings(around["DJANGO_SETTINGS_MODULE"])
    for handler in (connections, caches):
        vars(handler).clear()
        handler.__init__()  # type: ignore[misc]


if __name__ == "__main__":
    main(sys.argv[1])
