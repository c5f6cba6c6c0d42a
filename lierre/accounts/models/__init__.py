"""Users, the units they belong to, and the roles they hold there."""

from lierre.accounts.models.role import Role
from lierre.accounts.models.unit import Unit
from lierre.accounts.models.user import User

__all__ = ["Role", "Unit", "User"]
