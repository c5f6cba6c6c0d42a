"""What the institution says on networks: its accounts, and a term of posts. Nothing leaves this machine.

`bin/demo` gives four networks to its accounts, simulators that it runs (bundled.py): what is planned there leaves. Loaded
without them, and on the other accounts, each post is published by hand: a worker only asks somebody to.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from demo.loading.answers import be_answered
from demo.loading.bundled import Simulators, all_leaves, bundled, nobody_answers, put_off
from demo.loading.house import user
from demo.loading.landmarks import mark
from demo.loading.library import illustrate
from demo.loading.links import be_opened
from demo.loading.term import term
from lierre.accounts.models import Unit
from lierre.publishing import approving, composing, registering
from lierre.publishing.charter.starting import start
from lierre.publishing.models import Account, Delivery, Post, Step
from lierre.publishing.outbox.lane import Outbox

# network, label, address, unit, who answers, purpose, status, months since it was confirmed (None: never)
ACCOUNTS: Final = (
    ("linkedin", "Université", "https://linkedin.example/school/ubn", "UBN", "Gwenaël Riou", "Diplômés, emploi", "official", 2),
    ("facebook", "Université", "https://facebook.example/ubn", "UBN", "Gwenaël Riou", "Vie étudiante, familles", "official", 2),
    ("mastodon", "@ubn", "https://social.ubn.example/@ubn", "UBN", "Gwenaël Riou", "Sciences ouvertes", "official", 5),
    ("bluesky", "@ubn.example", "https://bluesky.example/ubn.example", "UBN", "Gwenaël Riou", "Presse", "official", 5),
    ("instagram", "Vie étudiante", "https://instagram.example/ubn.vie", "UBN", "Klervi Madec", "Campus", "official", 14),
    ("linkedin", "Énergie marine", "https://linkedin.example/showcase/lenm", "LENM", "Yann Le Goff", "", "tolerated", None),
    ("facebook", "Anciens de géographie", "https://facebook.example/groups/geo-ubn", "UBN", None, "", "tolerated", None),
    ("linkedin", "ENSIB", "https://linkedin.example/school/ensib", "ENB", "Loeiz Kerdraon", "Élèves, entreprises", "official", 1),
    ("viadeo", "Université", "", "UBN", None, "", "closing", None),
)  # fmt: skip
# Days from the Monday of this week, hour, accounts, text, what becomes of it.
POSTS: Final = (
    (-20, 9, "linkedin", "Amphi : les aides de novembre\n\nQui peut en demander, jusqu’à quand, à quel guichet.", "sent"),
    (-18, 12, "mastodon bluesky", "Trois questions à une archiviste : que garde-t-on d’une université ?", "sent"),
    (-17, 17, "facebook", "Le fest-noz des étudiants, en quarante photographies.", "sent"),
    (-14, 9, "linkedin", "Classement : ce qu’il mesure, et ce qu’il ne mesure pas.", "sent"),
    (-13, 11, "linkedin bluesky", "Prix de thèse : quatre lauréats, quatre laboratoires.", "sent"),
    (-11, 8, "facebook", "Don du sang, hall B, jeudi de 10 h à 16 h.", "sent"),
    (-10, 12, "linkedin mastodon", "La houle en équations\n\nUne équipe de Morlaix publie dix ans de mesures.", "sent"),
    (-7, 9, "linkedin", "Cent ans de la station marine : le programme de l’année.", "sent"),
    (-5, 12, "linkedin facebook", "Bourses de mobilité : dernier appel avant le 30.", "sent"),
    (-3, 9, "linkedin", "Semaine de l’industrie : le bilan, en trois chiffres.", "sent"),
    (-1, 18, "mastodon bluesky", "Bonne semaine de révisions. La bibliothèque ferme à 22 h.", "sent"),
    (0, 8, "facebook", "Une thèse sur les algues vertes, racontée en cinq minutes.", "asked"),
    (1, 9, "linkedin", "Portrait : Amélie Hervé, promotion 2014, responsable données.", "sent"),
    (2, 12, "linkedin bluesky", "Nous recrutons un maître de conférences en géomatique.", "draft"),
    (7, 9, "linkedin", "Parrainage : soixante places pour la rentrée.", "ready"),
    (8, 8, "linkedin facebook bluesky", "Venez avec une question\n\nHall de la Penfeld, de 14 h à 18 h.", "submitted"),
    (9, 10, "linkedin facebook", "Portes ouvertes : les inscriptions commencent.", "ready"),
    (9, 11, "linkedin", "Chaire énergie : une offre de thèse, trois laboratoires.", "ready"),
    (11, 17, "mastodon bluesky", "La nuit de la bibliothèque, et les horaires : https://ubn.example/nuit", "ready"),
    (14, 12, "mastodon", "Un logiciel libre de nos laboratoires, version 2.", "draft"),
    (16, 9, "linkedin bluesky", "Accessibilité : où en sommes-nous ? Ce qui est fait, ce qui ne l’est pas encore.", "draft"),
    (18, 9, "linkedin facebook", "Vacances : les services ouverts, et ceux qui ferment.", "draft"),
)  # fmt: skip
# Nobody was at work when its time came: it waits for somebody to say whether it still makes sense.
MISSED: Final = "Ce midi, visite guidée de la halle technologique : rendez-vous à l’accueil."
TOLD_BEFORE, TOLD_AFTER = timedelta(days=21), timedelta(days=20)


def speak() -> int:
    """Accounts, posts, approvals: how many posts there are. Loaded again after an interruption, nothing is said twice."""
    if Account.objects.exists():
        return Post.objects.count()
    gwenael, helene = user("Gwenaël Riou"), user("Hélène Morvan")
    mark(timezone.localdate(), by=gwenael)
    accounts: dict[str, Account] = {}
    for line in ACCOUNTS:
        account = register(*line, by=gwenael)
        accounts.setdefault(account.network, account)
    Step.objects.create(account=accounts["facebook"], position=1, role="direction")
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    with bundled(accounts, by=gwenael) as simulators:
        posts = [
            write(number, *planned, accounts=accounts, by=gwenael, approver=helene)
            for number, planned in enumerate(planned_around(monday))
        ]
        if simulators:
            left_to_networks(posts, accounts, simulators, by=gwenael)
    be_opened(accounts, by=gwenael)
    be_answered(accounts, gwenael)
    start(by=gwenael)
    return Post.objects.count()


def planned_around(monday: date) -> list[tuple[date, int, str, str, str]]:
    near = [(monday + timedelta(days=days), hour, on, text, end) for days, hour, on, text, end in POSTS]
    far = term(timezone.localdate(), monday - TOLD_BEFORE, monday + TOLD_AFTER)
    return sorted([*near, *far], key=lambda each: each[:2])


def left_to_networks(
    posts: list[tuple[Post, str]], accounts: dict[str, Account], simulators: Simulators, *, by: Any
) -> None:
    asked = [post for post, end in posts if end == "asked"]
    for post in asked:
        put_off(post)
    all_leaves([post for post, end in posts if end == "sent"])
    for post in asked:
        nobody_answers(post, simulators["facebook"])
    at = timezone.now() - timedelta(hours=3)
    late = composing.write(composing.Draft([MISSED], [accounts["mastodon"]], due_at=at, intent={}), by=by)
    late.approve(by=by)
    Outbox().miss_what_is_late()


def register(
    network: str,
    label: str,
    address: str,
    unit: str,
    owner: str | None,
    purpose: str,
    status: str,
    months: int | None,
    *,
    by: Any,
) -> Account:  # fmt: skip
    said = {
        "network": network, "label": label, "address": address, "unit": Unit.objects.filter(code=unit).first(),
        "owner": user(owner) if owner else None, "purpose": purpose, "status": status, "keys_held_by": "Service communication",
    }  # fmt: skip
    account = registering.register(said, by=by)
    # Addresses of nobody: what would be wrong with real ones says nothing here, but for a group and a closed network.
    doubt = "closed" if network == "viadeo" else "group" if "/groups/" in address else ""
    confirmed = timezone.localdate() - timedelta(days=30 * months) if months is not None else None
    account.write(doubt=doubt, confirmed_on=confirmed)
    return account


def write(
    number: int, day: date, hour: int, networks: str, text: str, end: str,
    *, accounts: dict[str, Account], by: Any, approver: Any,
) -> tuple[Post, str]:  # fmt: skip
    """What became of it in the end: "sent" only when its time has come."""
    at = timezone.make_aware(datetime.combine(day, time(hour)))
    chosen = [accounts[network] for network in networks.split()]
    post = composing.write(composing.Draft([text], chosen, due_at=at, intent={"audience": "tous"}), by=by)
    illustrate(post, by=by)
    if end == "draft":
        return post, end
    if post.needs_approval:
        approving.submit(post, by=by)
        if end != "submitted":
            approving.sign(post, approving.digest(post), by=approver)
    else:
        post.approve(by=by)
    if end == "sent" and at >= timezone.now():
        return post, "ready"
    if end == "sent":
        publish(post, number)
    elif end == "asked":
        doubt(post)
    return post, end


def publish(post: Post, number: int) -> None:
    """Somebody published it by hand, and gave its address."""
    for delivery in post.deliveries.filter(account__sealed="").select_related("account"):
        delivery.confirm("", f"{delivery.account.address}/{1000 + number}", by="demo")
        Delivery.objects.filter(pk=delivery.pk).update(confirmed_at=delivery.due_at)


def doubt(post: Post) -> None:
    """A network that did not answer: what was seen there is shown to whoever decides."""
    for delivery in post.deliveries.filter(account__sealed="").select_related("account"):
        delivery.claim()
        delivery.freeze(
            {
                "network": delivery.account.network,
                "key": str(delivery.key),
                "payload": {},
                "text": delivery.text,
                "prepared_at": timezone.now().isoformat(),
            },
            None,
        )
        delivery.leave()
        seen = f"{delivery.account.address}/1011"
        delivery.note("seen", permalink=seen)
        delivery.ask("Facebook n’a pas répondu. Rien n’a été renvoyé, rien ne le sera sans vous.")
