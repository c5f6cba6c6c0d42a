"""A figure that is not known for sure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, and between which two it is believed to be."""

    value: float
    low: float
    high: float
