"""A real box of mail: Dovecot, as institutions run it, started for a test in a folder of its own."""

import imaplib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "retours@ubn.example"
PASSWORD = "secret"
PATIENCE = 20.0
SETTINGS = """
base_dir = {folder}/base
state_dir = {folder}/base
log_path = {folder}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
namespace inbox {{
  inbox = yes
}}
"""


def can_run() -> bool:
    """Debian's package dovecot-imapd is there, and we may start it: it wants to be root."""
    return shutil.which("dovecot") is not None and os.geteuid() == 0


@contextmanager
def imap_server(folder: Path) -> Iterator[int]:
    """Answers its port."""
    folder.chmod(0o755)
    for above in folder.parents:
        if above.stat().st_mode & 0o001 == 0 and above != above.parent:
            above.chmod(above.stat().st_mode | 0o011)  # the user `mail` must be able to enter
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    for name in ("base", "mail"):
        (folder / name).mkdir()
    shutil.chown(folder / "mail", "mail", "mail")
    (folder / "dovecot.conf").write_text(SETTINGS.format(folder=folder, port=port, password=PASSWORD))
    server = subprocess.Popen(["dovecot", "-F", "-c", str(folder / "dovecot.conf")])
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "The box of mail did not open."
            time.sleep(0.05)


def drop(port: int, *messages: bytes) -> None:
    """As a mail server would leave them there."""
    with imaplib.IMAP4("127.0.0.1", port) as box:
        box.login(USER, PASSWORD)
        for message in messages:
            assert box.append("INBOX", "", "", message)[0] == "OK"


def unread(port: int) -> tuple[int, int]:
    """How many nobody read, and how many there are."""
    with imaplib.IMAP4("127.0.0.1", port) as box:
        box.login(USER, PASSWORD)
        total = int(box.select("INBOX")[1][0] or 0)
        return len(box.search(None, "UNSEEN")[1][0].split()), total
