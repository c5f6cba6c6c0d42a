"""What brings graduates together: accounts, groups, a ceremony, delegates, claims, the lost; news, rights. Told once."""

from django.db import transaction

from demo.loading.accounts import open_accounts
from demo.loading.ceremony import graduate
from demo.loading.claims import claim_records
from demo.loading.groups import bring_together
from demo.loading.house import user
from demo.loading.lost import propose_ways
from demo.loading.news import ask_for_news
from demo.loading.rights import use_rights
from lierre.community.models import Capture, Group, Proposal


@transaction.atomic
def come_together() -> tuple[int, int, int]:
    """How many groups, addresses left at a ceremony, ways to reach somebody. All of it, or nothing."""
    if not Group.objects.exists():
        solenn = user("Solenn Kerbrat")
        accounts = {"Amélie Hervé": user("Amélie Hervé"), **open_accounts()}
        bring_together(accounts, by=solenn)
        propose_ways(accounts, by=solenn)
        claim_records(by=solenn)
        graduate(by=solenn)
        ask_for_news(by=solenn)
        use_rights(by=user("Maïwenn Tanguy"))
    return Group.objects.count(), Capture.objects.count(), Proposal.objects.count()
