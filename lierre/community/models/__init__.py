"""Campaigns and what they ask; groups and who is in them; ceremonies; ways to reach lost classmates."""

from lierre.community.models.ask import Ask
from lierre.community.models.campaign import Campaign
from lierre.community.models.candidate import Candidate, Reckoning
from lierre.community.models.capture import Capture
from lierre.community.models.ceremony import Ceremony, CeremonyDay
from lierre.community.models.group import Group
from lierre.community.models.membership import Membership
from lierre.community.models.proposal import Barring, Proposal, Silence
from lierre.community.models.returned import Returned

__all__ = [
    "Ask", "Barring", "Campaign", "Candidate", "Capture", "Ceremony", "CeremonyDay", "Group", "Membership", "Proposal",
    "Reckoning", "Returned", "Silence",
]  # fmt: skip
