"""The figures of what left, put into the pages of a post, of one row of the outbox, of an account."""

from typing import Any

from django import template

from lierre.foundation.abilities import may
from lierre.publishing.figures import showing
from lierre.publishing.measures import Measured
from lierre.publishing.models import Account, Delivery, Post, Watch
from lierre.publishing.permissions import KEEP_ACCOUNTS, may_change

register = template.Library()


@register.inclusion_tag("publishing/figures_of_delivery.html", takes_context=True)
def figures_of_delivery(context: template.Context, delivery: Delivery) -> dict[str, Any]:
    """Nothing but what is online has figures."""
    may_type = not delivery.account.writes and may_change(context["user"], delivery.post)
    watched = Watch.objects.filter(delivery=delivery).first()
    return {"delivery": delivery, "figures": showing.of_delivery(delivery), "watched": watched, "may_type": may_type}


@register.inclusion_tag("publishing/figures_of_post.html")
def figures_of_post(post: Post, measured: list[Measured]) -> dict[str, Any]:
    rows = [row for each in measured for row in each.rows]
    accounts = {each.variant.account_id: each.variant.account for each in measured}
    return {"figures": showing.of_post(post, rows, accounts)}


@register.inclusion_tag("publishing/figures_of_account.html", takes_context=True)
def figures_of_account(context: template.Context, account: Account) -> dict[str, Any]:
    may_keep = may(context["user"], KEEP_ACCOUNTS)
    return {"account": account, "followers": showing.followers(account), "may_keep": may_keep}
