"""Accounts, posts, their variants, and what leaves: one noun per file."""

from lierre.publishing.models.account import Account
from lierre.publishing.models.approval import Absence, Signature, Step
from lierre.publishing.models.attempt import Attempt
from lierre.publishing.models.calendar_link import CalendarLink
from lierre.publishing.models.delivery import Delivery
from lierre.publishing.models.notice import Notice
from lierre.publishing.models.post import Post
from lierre.publishing.models.variant import Variant
from lierre.publishing.models.version import Version

__all__ = [
    "Absence", "Account", "Attempt", "CalendarLink", "Delivery", "Notice", "Post", "Signature", "Step", "Variant", "Version",
]  # fmt: skip
