"""What the domain keeps: purposes and who answers for them, consents, contacts, requests, breaches."""

from lierre.privacy.models.agreement import Agreement
from lierre.privacy.models.archive import ArchivedDegree, Clock
from lierre.privacy.models.breach import Breach
from lierre.privacy.models.consent import Consent, Frequency
from lierre.privacy.models.contact import Budget, Contact
from lierre.privacy.models.controller import Controller
from lierre.privacy.models.erasings import ErasingsKnown
from lierre.privacy.models.lapse import Lapse
from lierre.privacy.models.letter import Letter
from lierre.privacy.models.purpose import Population, Purpose
from lierre.privacy.models.request import Request
from lierre.privacy.models.sign import Sign, note_sign
from lierre.privacy.models.suppression import Suppression

__all__ = [
    "Agreement",
    "ArchivedDegree",
    "Breach",
    "Budget",
    "Clock",
    "Consent",
    "Contact",
    "Controller",
    "ErasingsKnown",
    "Frequency",
    "Lapse",
    "Letter",
    "Population",
    "Purpose",
    "Request",
    "Sign",
    "Suppression",
    "note_sign",
]
