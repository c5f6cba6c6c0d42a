"""Short links that were opened, and figures that somebody read on the networks: what the posts of a term brought."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from lierre.publishing import composing
from lierre.publishing.figures.clicks import today
from lierre.publishing.models import Account, Click, Delivery, Link, LinkTemplate, Measurement, Post

OPEN: Final = "https://ubn.example/portes-ouvertes"
SPONSOR: Final = "https://ubn.example/diplomes/parrainage"
CENTURY: Final = "https://ubn.example/station-marine/cent-ans?lang=fr"
# What it is for, where it leads, where it stands, on what, campaign, days ago, clicks of an ordinary day.
POSTERS: Final = (
    ("Portes ouvertes : affiche des lycées", OPEN, "Affiche, lycées", "print", "Portes ouvertes", 38, 9),
    ("Portes ouvertes : tramway", OPEN, "Affiche, tramway", "print", "Portes ouvertes", 30, 21),
    ("Lettre aux diplômés, novembre", SPONSOR, "Lettre aux diplômés", "email", "Parrainage", 22, 14),
    ("Carton du centenaire", CENTURY, "Carton d’invitation", "print", "Centenaire", 12, 3),
)  # fmt: skip
# Days ago, hour, accounts, text, campaign, clicks of the first day.
COUNTED: Final = (
    (16, 9, "linkedin mastodon bluesky", f"Cent ans de la station marine : le programme.\n\n{CENTURY}", "Centenaire", 64),
    (6, 12, "linkedin bluesky", f"Parrainez un étudiant : une heure par mois, à distance.\n\n{SPONSOR}", "Parrainage", 88),
)  # fmt: skip
# Network → followers three months ago, and how many come in a week: what the simulators answer today goes on from there.
FOLLOWERS: Final = {"linkedin": (20_770, 95), "facebook": (12_070, -6), "mastodon": (1_938, 31), "bluesky": (2_512, 58),
                    "instagram": (8_120, 44)}  # fmt: skip
# Network → times seen (None: not communicated), reactions, answers, shares, clicks, of an ordinary post.
RECEIVED: Final = {
    "linkedin": (4_200, 96, 7, 12, 130), "facebook": (1_900, 41, 9, 5, 60), "mastodon": (None, 18, 3, 9, None),
    "bluesky": (None, 22, 2, 6, None),
}  # fmt: skip
NAMES: Final = ("impressions", "likes", "answers", "reposts", "clicks")
WEEKS: Final = 13


def be_opened(accounts: dict[str, Account], by: Any) -> None:
    """`accounts`: one of each network."""
    chance = Random(1919)
    LinkTemplate.objects.keep(None, {"source": "{network}", "medium": "social", "campaign": "{campaign}"}, by=by)
    for label, target, place, medium, campaign, days, usual in POSTERS:
        said = {"label": label, "target": target, "place": place, "medium": medium, "campaign": campaign, "unit": None}
        opened(Link.objects.make(said, by=by), days, usual, chance, fading=False)
    for days, hour, networks, text, campaign, first in COUNTED:
        post = counted(text, campaign, [accounts[name] for name in networks.split()], ago(days, hour), by)
        for link in post.links.all():
            opened(link, days, first if link.account == accounts["linkedin"] else first // 5, chance, fading=True)
    for account in accounts.values():
        be_followed(account, chance)
    for delivery in Delivery.objects.filter(state="confirmed").select_related("account"):
        be_received(delivery, chance)


def ago(days: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(today() - timedelta(days=days), time(hour)))


def counted(text: str, campaign: str, accounts: list[Account], at: datetime, by: Any) -> Post:
    """A post whose links are ours, published by hand."""
    intent = {"audience": "tous", "campaign": campaign, "counts_links": True}
    post = composing.write(composing.Draft([text], accounts, due_at=at, intent=intent), by=by)
    post.approve(by=by)
    for number, delivery in enumerate(post.deliveries.select_related("account")):
        delivery.confirm("", f"{delivery.account.address}/{post.pk}{number}", by="demo")
    Delivery.objects.filter(post=post).update(confirmed_at=at)
    return post


def opened(link: Link, days: int, usual: int, chance: Random, *, fading: bool) -> None:
    """Day by day; a post is opened the first days, a poster every day but on Sundays."""
    Link.objects.filter(pk=link.pk).update(made_at=ago(days, 9))
    rows = []
    for number in range(days + 1):
        day: date = today() - timedelta(days=days - number)
        people = usual * (0.45**number if fading else 0.3 if day.weekday() == 6 else 1) * chance.uniform(0.6, 1.4)
        robots = (14 if number == 0 else 1) if fading else chance.randint(0, 2)
        rows.append(Click(link=link, day=day, people=round(people), robots=robots))
    Click.objects.bulk_create(rows)


def be_followed(account: Account, chance: Random) -> None:
    """Typed by hand, once a week until the last one; today's is asked of the network."""
    number, weekly = FOLLOWERS.get(account.network, (None, 0))
    if number is None:
        return
    for week in range(WEEKS - 1):
        number += round(weekly * chance.uniform(0.4, 1.6))
        at = ago(7 * (WEEKS - 1 - week), 9)
        Measurement.objects.write(account, None, {"followers": (number, "")}, at, {}, by_hand=True)


def be_received(delivery: Delivery, chance: Random) -> None:
    usual = RECEIVED.get(delivery.account.network)
    if usual is None or delivery.confirmed_at is None:
        return
    share = chance.uniform(0.4, 2.2)
    values = {name: (round(value * share), "") for name, value in zip(NAMES, usual, strict=True) if value is not None}
    at = min(delivery.confirmed_at + timedelta(days=1), timezone.now())
    Measurement.objects.write(delivery.account, delivery, values, at, {}, by_hand=True)
