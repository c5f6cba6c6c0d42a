"""The kinds of long work: each domain registers the function that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

# Given a Work, which is not named here: a work looks for its kind, and imports go one way.
Doing = Callable[[Any], dict[str, Any] | None]
# Where domains put what runs later. Read when a kind or a duty is first looked for, not when a command starts.
MODULES = ("duties", "long_works")
_kinds: dict[str, "Kind"] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """`once_only`: never begun again after a crash, because doing it twice would show outside."""

    name: str
    label: str | Promise
    do: Doing
    once_only: bool = False


def long_work(name: str, *, label: str | Promise, once_only: bool = False) -> Callable[[Doing], Doing]:
    """Register what does this kind of work. It is given the work, and answers its result (JSON) or nothing.

    After a crash the function is called again from the start: it must find what is already done, or be `once_only`.
    """

    def register(do: Doing) -> Doing:
        known = _kinds.get(name)
        if known is not None and known.do.__qualname__ != do.__qualname__:
            raise ValueError(f"The long work {name} is registered twice.")
        _kinds[name] = Kind(name, label, do, once_only)
        return do

    return register


def kind_of(name: str) -> Kind | None:
    """The kind of this name. None when its domain is not installed any more."""
    if name not in _kinds:
        autodiscover_modules(*MODULES)
    return _kinds.get(name)
