"""The sentence of each fault, and what to do about it."""

from lierre.people.importing.statement import Fault


def sentence(fault: Fault) -> str:
    return fault.code


def advice(fault: Fault) -> str:
    return fault.code
