"""Whoever sends a mailing is killed again and again, at any instant: nobody receives it twice, and nobody is forgotten."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill

pytestmark = pytest.mark.crash

MANY = 120
KILLS = 8
PREPARE = f"""
from datetime import timedelta
from django.utils import timezone
from lierre.accounts.models import Role, Unit, User
from lierre.people.models import Segment
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.composing import write
from lierre.publishing.models import Mailing, MailingRules
from lierre.publishing.tests.mailings import SECTION, graduate
top = Unit.objects.create(code="UBN", name="UBN", kind="institution", path="/UBN/")
users = []
for name, kind in (("Gwenaël Riou", "communication"), ("Hélène Morvan", "direction")):
    users.append(User.objects.create_user(email=kind + "@ubn.example", password=None, name=name))
    Role.objects.create(user=users[-1], unit=top, kind=kind)
for number in range({MANY}):
    graduate(f"Numéro{{number}}", f"n{{number}}@courriel.example")
MailingRules.decide(dict(an_hour=0, a_domain_a_minute=0), by="the tests")
mailing = write(dict(
    name="Lettre", topic="relations", sender_name="UBN", subject="La lettre", sections=[SECTION],
    segment=Segment.objects.keep("Tous", dict(group="all", members=[]), by=users[0]),
    due_at=timezone.now() + timedelta(hours=1)), by=users[0])
submit(mailing, by=users[0])
approve(mailing, mailing.digest, by=users[1])
Mailing.objects.update(due_at=timezone.now())
"""


class PostOffice:
    """A mail server that takes its time, so that whoever talks to it may be killed in the middle of anything."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.taken: list[str] = []  # addresses, as each message was taken
        self.port = 0
        self.is_open = threading.Event()
        threading.Thread(target=self.run, daemon=True).start()
        assert self.is_open.wait(PATIENCE)

    def run(self) -> None:
        server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.is_open.set()
        self.loop.run_forever()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to, answers = "", {b"EHLO": b"250-post\r\n250 PIPELINING\r\n", b"QUIT": b"221 bye\r\n"}
        writer.write(b"220 post\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                line = await self.body(reader)
                if not line:
                    break  # whoever called is dead: what has no end was not taken
                self.taken.append(to)
                await asyncio.sleep(0.004)  # taken, and the answer is on its way
            writer.write(answers.get(word, b"250 fine\r\n"))
        writer.close()

    async def body(self, reader: asyncio.StreamReader) -> bytes:
        while (line := await reader.readline()) not in {b".\r\n", b""}:
            pass
        return line


@pytest.fixture
def post_office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    office = PostOffice()
    monkeypatch.setenv("LIERRE_EMAIL_URL", f"smtp://127.0.0.1:{office.port}")
    yield office
    office.loop.call_soon_threadsafe(office.loop.stop)


def states(base: Base) -> dict[str, str]:
    return dict(base.rows("SELECT address, state FROM publishing_recipient"))  # type: ignore[arg-type]


def let_leases_end(base: Base) -> None:
    base.let_leases_end()
    base.do("UPDATE publishing_mailing SET lease_until = '2020-01-01 00:00:00' WHERE lease_until IS NOT NULL")
    base.do("UPDATE publishing_mailing SET quiet_until = NULL")


def test_a_mailing_whose_sender_is_killed_at_any_instant_reaches_each_once(base: Base, post_office: PostOffice) -> None:
    assert base.shell(PREPARE).wait(PATIENCE * 4) == 0
    chance = random.Random(7)

    for _killed in range(KILLS):
        before = len(post_office.taken)
        worker = base.worker()
        wanted = before + chance.randint(1, MANY // (KILLS + 2))
        base.until(lambda wanted=wanted: len(post_office.taken) >= wanted)
        kill(worker)
        let_leases_end(base)
    last = base.worker()
    base.until(lambda: base.rows("SELECT state FROM publishing_mailing") == [("sent",)])
    kill(last)

    found, taken = states(base), Counter(post_office.taken)
    uncertain = {address for address, state in found.items() if state == "uncertain"}
    assert len(found) == MANY
    assert set(taken.values()) == {1}  # nobody twice
    assert set(found.values()) <= {"taken", "uncertain"}
    assert {address for address, state in found.items() if state == "taken"} <= taken.keys()
    assert found.keys() - taken.keys() <= uncertain  # nobody lost without somebody being asked
    assert len(uncertain) <= KILLS  # one at most for each death
    assert len(base.rows("SELECT id FROM privacy_contact")) == MANY  # each counted once in their budget


def test_a_mailing_whose_recipients_are_being_written_down_goes_on(base: Base, post_office: PostOffice) -> None:
    assert base.shell(PREPARE).wait(PATIENCE * 4) == 0
    base.do("UPDATE publishing_mailing SET state = 'sending'")
    slow = (
        "from lierre.publishing.mailing import freezing, lane\nimport time\nfreezing.A_SLICE = 10\n"
        "kept = freezing.Freezing.write\n"
        "def write(self, *all):\n    kept(self, *all)\n    time.sleep(0.2)\n"
        "freezing.Freezing.write = write\nlane.Mailings().once()\n"
    )
    first = base.shell(slow)
    base.until(lambda: base.rows("SELECT count(*) FROM publishing_recipient")[0][0] >= 20)
    kill(first)
    let_leases_end(base)

    last = base.worker()
    base.until(lambda: base.rows("SELECT state FROM publishing_mailing") == [("sent",)])
    kill(last)

    assert set(Counter(post_office.taken).values()) == {1}
    assert len(post_office.taken) == MANY
