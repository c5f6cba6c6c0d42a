"""Short links of the institution of the tests, opened a little; a post whose figures somebody typed."""

from typing import Any

from lierre.accounts.models import Unit
from lierre.publishing import composing
from lierre.publishing.figures.by_hand import type_of_account, type_of_post
from lierre.publishing.models import Account, Click, Delivery, Link, LinkTemplate


def links(account: Account, unit: Unit, by: Any) -> None:
    """One of a poster, those of a post that is online; what the unit adds to its addresses."""
    said = {"label": "Affiche", "target": "https://ubn.example/jpo", "place": "Hall B", "medium": "print"}
    poster = Link.objects.make(said | {"campaign": "JPO", "unit": None}, by=by)
    LinkTemplate.objects.keep(unit, {"source": "{account}", "medium": "social", "campaign": "{campaign}"}, by=by)
    draft = composing.Draft(["Venez : https://ubn.example/jpo"], [account], intent={"counts_links": True})
    post = composing.write(draft, by=by)
    Delivery.objects.filter(post=post).update(state="confirmed", permalink="https://www.linkedin.com/posts/ubn_2")
    for link in (poster, *post.links.all()):
        Click.objects.add(link.pk, is_robot=False)
    type_of_post(post.deliveries.get(), {"likes": 12, "impressions": 800}, by=by)
    type_of_account(account, {"followers": 21_914}, by=by)


def poster() -> Link:
    return Link.objects.filter(post=None).earliest("pk")
