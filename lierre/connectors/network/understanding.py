"""
A server may answer anything: something else than its documentation says, half of it, or another program altogether.

`@understood` on the class of a network says what is then true of each of its methods: of a reading, that it did not succeed;
of what becomes visible, that nobody knows what became of it; of a file that is not there any more, that the message must
change. Without it, each line that reads an answer would have to think of it.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from lierre.connectors.network.refusals import Forged, Invalid, NetworkError, NotSent, UnknownOutcome

Kind = TypeVar("Kind", bound=type)

SURPRISES: Final = (KeyError, IndexError, TypeError, ValueError, AttributeError)
READS: Final = (
    "limits", "application", "authorise", "refresh", "revoke", "check", "prepare", "confirm", "adopt", "delete",
    "fetch_interactions", "fetch_metrics",
)  # fmt: skip
SURPRISED: Final[dict[str, type[NetworkError]]] = {
    **dict.fromkeys(READS, NotSent),
    "publish": UnknownOutcome,
    "verify_webhook": Forged,
}

log = logging.getLogger("lierre.connectors")


def understood(network: Kind) -> Kind:
    for name, surprise in SURPRISED.items():
        setattr(network, name, told(getattr(network, name), surprise))
    return network


def told(method: Callable[..., Any], surprise: type[NetworkError]) -> Callable[..., Any]:
    @wraps(method)
    def called(*words: Any, **named: Any) -> Any:
        try:
            return method(*words, **named)
        except FileNotFoundError as error:
            raise Invalid("missing", str(error.filename), "media") from error
        except SURPRISES as error:
            # The type alone: what a server answers, and what is in our hands, may be secret.
            log.warning("%s: an answer that cannot be read (%s)", method.__qualname__, type(error).__name__)
            raise surprise("unreadable", type(error).__name__) from error

    return called
