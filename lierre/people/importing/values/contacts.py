"""Ways to reach someone: e-mails in lower case, phones as E.164 where that is certain, départements from postcodes."""

import re
from functools import lru_cache
from typing import Final

from lierre.people.importing.values.misread import Misread

EMAIL: Final = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$"
)
NOT_A_DIGIT: Final = re.compile(r"[\s.\-()/\u00a0\u202f]")
OVERSEAS: Final = frozenset({"97", "98"})


def email_of(text: str) -> str:
    """
    >>> email_of(" Amelie.Herve@Courriel.Example ")
    'amelie.herve@courriel.example'
    """
    plain = text.strip().lower().removeprefix("mailto:")
    if not plain.isascii() or len(plain) > 254 or ".." in plain or not EMAIL.match(plain):
        raise Misread("bad_email")
    return plain


@lru_cache(maxsize=20_000)
def phone_of(text: str) -> str:
    """
    E.164 when it is French or says its country; else as written, which can still be dialled by a person.

    >>> phone_of("02 61 91 12 34"), phone_of("+33 (0)2.61.91.12.34"), phone_of("0044 20 7946 0000"), phone_of("poste 12")
    ('+33261911234', '+33261911234', '+442079460000', 'poste 12')
    """
    if not text.strip(" 0"):
        return ""
    digits = NOT_A_DIGIT.sub("", text.replace("(0)", ""))
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return "+33" + digits[1:]
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"\+330[1-9]\d{8}", digits):
        return "+33" + digits[4:]
    if re.fullmatch(r"\+\d{7,15}", digits):
        return digits
    # A spreadsheet has eaten the zero.
    if re.fullmatch(r"[1-9]\d{8}", digits):
        return "+33" + digits
    return " ".join(text.split())[:40]


@lru_cache(maxsize=20_000)
def department_of(postcode: str) -> str:
    """
    >>> department_of("29600"), department_of("20090"), department_of("20200"), department_of("97411"), department_of("SW1A")
    ('29', '2A', '2B', '974', '')
    """
    if not re.fullmatch(r"\d{5}", postcode):
        return ""
    if postcode[:2] == "20":
        return "2A" if postcode < "20200" else "2B"
    return postcode[:3] if postcode[:2] in OVERSEAS else postcode[:2]
