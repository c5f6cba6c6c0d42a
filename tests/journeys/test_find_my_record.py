"""Somebody without an account finds their own record: by an address we hold, from the public page to their first choice."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.visitor import PATIENCE, Visitor

pytestmark = pytest.mark.browser
PASSWORD = "le lierre sur le vieux mur"
NOLWENN = """
from lierre.people.models import Source
from lierre.people.saying import say
say({"given": "Nolwenn", "family": "Prigent", "born": "1990-04-02", "studies": [{"degree": "Master Droit", "year": 2013}],
     "contacts": [{"kind": "email", "value": "nolwenn.prigent@courriel.example"}]},
    source=Source.objects.get(name="Scolarité"), by="the tests")
"""


def letter_to(folder: Path, address: str) -> Any:
    for path in sorted((folder / "mail").glob("*"), reverse=True):
        for raw in re.split(rb"\n-{70,}\n", path.read_bytes()):
            message = message_from_bytes(raw.lstrip(), policy=policy.default)
            if address in str(message["To"]):
                return message
    return None


def test_nolwenn_finds_her_record_and_chooses_who_sees_it(browser, served):
    served.python(NOLWENN)
    nolwenn = Visitor(browser, served, width=390)

    nolwenn.go("/retrouver/")
    nolwenn.page.locator("input[name=address-email]").fill("nolwenn.prigent@courriel.example")
    nolwenn.press("Send me the link")
    nolwenn.page.wait_for_url("**/retrouver/reponse/")
    nolwenn.sees_not("Nolwenn")
    for _turn in range(PATIENCE // 500):
        if letter := letter_to(served.folder, "nolwenn.prigent@courriel.example"):
            break
        nolwenn.page.wait_for_timeout(500)
    assert letter is not None
    link = re.search(r"/retrouver/lien/\S+", letter.get_content())
    assert link is not None
    nolwenn.go(link[0])
    nolwenn.sees("Nolwenn")
    nolwenn.page.locator("input[name=password]").fill(PASSWORD)
    nolwenn.press("This is me")
    nolwenn.page.wait_for_url("**/ma-fiche/")
    nolwenn.sees("Master Droit")

    nolwenn.go("/ma-fiche/qui-voit-quoi/")
    nolwenn.press("My class only")
    nolwenn.go("/ma-fiche/?comme=students")
    nolwenn.sees_not("Master Droit")
