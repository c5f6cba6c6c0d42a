"""What people answered to the posts of a term: some of it waits, some was seen to."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from lierre.publishing.models import Account, Delivery, Heard

# Network, how the post begins ("" when it is about none), hours after it, who, their name there, what they said, what was done.
ANSWERS: Final = (
    ("linkedin", "Amphi", 5, "", "", "Les doctorants salariés peuvent-ils en demander ?", "handled"),
    ("mastodon", "Trois questions", 2, "Enora L.", "enora@social.example",
     "Passionnant. Les mémoires de maîtrise des années 70 sont-ils gardés aussi ?", "handled"),
    ("bluesky", "Trois questions", 26, "Atelier des cartes", "cartes.bsky.example", "À lire avec un café.", "nothing"),
    ("facebook", "Don du sang", 3, "", "", "Faut-il prendre rendez-vous, ou peut-on venir entre deux cours ?", "handled"),
    ("mastodon", "La houle", 4, "Tangi", "tangi@mer.example", "Les données sont-elles ouvertes ? Je ne trouve pas le dépôt.", ""),
    ("mastodon", "La houle", 28, "Maïwenn", "maiwenn@social.example", "Bravo à l’équipe, et merci pour le récit.", "nothing"),
    ("facebook", "Bourses", 6, "", "", "Le lien du formulaire me renvoie à l’accueil.", ""),
    ("linkedin", "Semaine de l’industrie", 7, "", "",
     "Nous étions là, et nous cherchons encore deux alternants : à qui écrire ?", ""),
    ("bluesky", "Prix de thèse", 9, "Revue du littoral", "littoral.bsky.example",
     "Félicitations ! Nous aimerions interroger l’une des lauréates.", ""),
)  # fmt: skip


def be_answered(accounts: dict[str, Account], by: Any) -> int:
    """Answers how many were told. `accounts`: one of each network; `by`: to whom the first that waits was given."""
    made = []
    for number, (network, begins, hours, author, handle, text, state) in enumerate(ANSWERS):
        said = Delivery.objects.filter(account=accounts[network], state="confirmed", post__title__startswith=begins)
        delivery = said.order_by("part").first()
        if delivery is None or delivery.confirmed_at is None:
            continue
        at = min(delivery.confirmed_at + timedelta(hours=hours), timezone.now() - timedelta(minutes=20))
        done = {"settled_by": by, "settled_at": min(at + timedelta(hours=2), timezone.now())} if state else {}
        made.append(
            Heard(account=accounts[network], delivery=delivery, network_id=f"demo-{number}", kind=Heard.Kind.ANSWER, at=at,
                  author=author, handle=handle, text=text, permalink=delivery.permalink, state=state, **done)
        )  # fmt: skip
    Heard.objects.bulk_create(sorted(made, key=lambda each: each.at))
    if waits := Heard.objects.open().order_by("pk").first():
        waits.give(by, by=by)
    return len(made)
