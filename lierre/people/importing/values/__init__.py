"""Values as real files write them, read without guessing: one noun per module. What cannot be read raises `Misread`."""

from lierre.people.importing.values.misread import Misread

__all__ = ["Misread"]
