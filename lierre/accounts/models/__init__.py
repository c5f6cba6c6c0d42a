"""Users, the units they belong to, the roles they hold there, and the invitations to come."""

from lierre.accounts.models.acting import Acting
from lierre.accounts.models.invitation import Invitation
from lierre.accounts.models.role import Role
from lierre.accounts.models.unit import Unit
from lierre.accounts.models.user import User

__all__ = ["Acting", "Invitation", "Role", "Unit", "User"]
