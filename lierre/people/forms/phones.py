"""Phone numbers as they are kept: E.164 when it can be known."""

import re

SEPARATORS = re.compile(r"[\s.\-()/\u00a0\u202f]")


def normal_phone(text: str) -> str:
    """
    French numbers and international ones; nothing for what is no number.

    >>> normal_phone("06 12 34 56 78"), normal_phone("0033 6 12.34.56.78"), normal_phone("+44 20 7946 0018")
    ('+33612345678', '+33612345678', '+442079460018')
    >>> normal_phone("call me"), normal_phone("12 34")
    ('', '1234')
    """
    digits = SEPARATORS.sub("", text.replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if not re.fullmatch(r"\+?\d{3,15}", digits):
        return ""
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return "+33" + digits[1:]
    return digits
