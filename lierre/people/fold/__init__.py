"""The fold: a person is what their records say, read by a policy. Plain Python, one definition used everywhere."""

from lierre.people.fold.folding import Folded, fold
from lierre.people.fold.policy import DEFAULT_POLICY, Policy
from lierre.people.fold.rows import Rows, rows_of
from lierre.people.fold.testimony import Testimony

__all__ = ["DEFAULT_POLICY", "Folded", "Policy", "Rows", "Testimony", "fold", "rows_of"]
