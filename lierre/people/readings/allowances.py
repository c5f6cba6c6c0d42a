"""What a person allows: to be written to, to be seen; and who said so."""

from collections.abc import Mapping
from dataclasses import dataclass

from lierre.people.fold import Folded
from lierre.people.readings.witness import Witness


@dataclass(frozen=True)
class Allowances:
    """`witnesses` is by number of record."""

    person: Folded
    witnesses: Mapping[int, Witness]

    @property
    def chosen_by(self) -> Witness | None:
        """Who last said who sees what, and when; None when nobody chose."""
        won = [number for name, number in self.person.won_by.items() if name.startswith("audience_")]
        found = [self.witnesses[number] for number in won]
        return max(found, key=lambda witness: (witness.asserted_on, witness.number), default=None)

    @property
    def asked_for_silence(self) -> Witness | None:
        """Who said that this person does not want to be contacted."""
        if not self.person.values.get("do_not_contact"):
            return None
        return self.witnesses[self.person.won_by["do_not_contact"]]

    @property
    def working_emails(self) -> list[str]:
        """Those that do not come back."""
        told = [contact for contact, _by in self.person.contacts if contact["kind"] == "email"]
        return [contact["value"] for contact in told if not contact.get("refused")]
