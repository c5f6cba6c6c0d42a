"""
What an accident may say. Errors of a database or of a reader quote the values they stumbled on, and these are people's:
a log keeps where it happened and of what kind it was, never what was in the line.
"""

from collections.abc import Callable
from functools import wraps
from traceback import extract_tb
from typing import ParamSpec, TypeVar

from lierre.foundation.errors import Refused
from lierre.foundation.models.progress import Cancelled, LeaseLost, PutBack
from lierre.people.faults import advice, sentence
from lierre.people.importing.statement import Unreadable

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
FRAMES = 12


class Accident(Exception):  # noqa: N818 - what happened, told without its words
    """Something that should not happen, with its kind and its place."""


def discreet(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let answers through as they are, and take the words of any other error away."""

    @wraps(work)
    def quietly(*given: Given.args, **named: Given.kwargs) -> Answer:
        try:
            return work(*given, **named)
        except (Refused, Cancelled, LeaseLost, PutBack, Accident):
            raise
        except Unreadable as unreadable:
            raise Refused(f"{sentence(unreadable.fault)} {advice(unreadable.fault)}") from None
        except Exception as error:
            told = place_of(error)
        raise Accident(told)  # outside the handler: nothing of the error hangs on what is logged

    return quietly


def place_of(error: BaseException) -> str:
    """
    >>> def stumble(): raise ValueError("Amélie Hervé")
    >>> try: stumble()
    ... except ValueError as error: print(place_of(error).splitlines()[0])
    ValueError
    """
    frames = extract_tb(error.__traceback__)[-FRAMES:]
    return "\n".join(
        [type(error).__qualname__, *(f"  {each.filename}:{each.lineno} in {each.name}" for each in frames)]
    )
