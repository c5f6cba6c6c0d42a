"""Files of a LinkedIn archive that speak of other people than its owner: even alone, they are no list of persons."""

from collections.abc import Sequence
from typing import Final

from lierre.people.importing.reading.header import fold_header

# Connections, as LinkedIn writes them and as some suppose that it does in French; messages; invitations.
SIGNS: Final = (
    frozenset({"company", "position", "connected on"}),
    frozenset({"entreprise", "poste", "date de connexion"}),
    frozenset({"conversation id", "from", "to", "content"}),
    frozenset({"from", "to", "sent at", "direction"}),
)


def speaks_of_others(header: Sequence[str]) -> bool:
    """
    >>> speaks_of_others(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    True
    >>> speaks_of_others(["First Name", "Last Name", "Company", "Position"])
    False
    """
    names = set(fold_header(header))
    return any(sign <= names for sign in SIGNS)
