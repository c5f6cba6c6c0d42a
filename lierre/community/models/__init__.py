"""Campaigns, what they ask, whom it would be worth asking, and what came back."""

from lierre.community.models.ask import Ask
from lierre.community.models.campaign import Campaign
from lierre.community.models.candidate import Candidate, Reckoning
from lierre.community.models.returned import Returned

__all__ = ["Ask", "Campaign", "Candidate", "Reckoning", "Returned"]
