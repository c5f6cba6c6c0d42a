"""A campaign of questions that left last week: who answered that nothing has changed, who has moved, who asks for silence."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from lierre.accounts.models import User
from lierre.community.asking.answering import ask_me_no_more, has_changed, still_true
from lierre.community.asking.bouncing import address_is_refused
from lierre.community.asking.preparing import Scope, prepare
from lierre.community.asking.sending import leave
from lierre.community.asking.weighing import weigh
from lierre.community.models import Ask, Campaign
from lierre.foundation.errors import Refused
from lierre.people.freshness.counting import count_freshness

WANTED: Final = 48
CLASSES: Final = Scope(first_class=2004, last_class=2021)
WORD: Final = (
    "Le réseau a trente ans ce printemps. Pour inviter chacun à la bonne porte, une seule question : un clic suffit."
)
NEW_POSITIONS: Final[tuple[dict[str, Any], ...]] = (
    {"title": "Responsable d’exploitation", "employer": "Armor Énergies", "city": "Brest", "started": "2025-09"},
    {"title": "Chargée de mission eau", "employer": "Communauté de communes du Trégor-Goëlo", "city": "Lannion",
     "started": "2026-01"},
    {"title": "Consultante", "employer": "Kerlann Conseil", "city": "Rennes", "started": "2024-06"},
    {"title": "Ingénieur d’études", "employer": "Houle Vive", "city": "Lorient", "started": "2026-03"},
    {},
)  # fmt: skip
SILENCE: Final = "Ne plus me poser de question sur ma situation."
BOUNCED: Final = "550 5.1.1 utilisateur inconnu"
LEFT_AGO: Final = timedelta(days=6, hours=2)


def ask_for_news(*, by: User) -> int:
    """How many questions left. Nothing leaves this machine: each is written down as a mail server would have taken it."""
    if not Campaign.objects.exists():
        count_freshness()
        weigh()
        try:
            campaign = prepare(CLASSES, wanted=WANTED, word=WORD, by=by)
        except Refused:  # a very small institution has nobody to ask
            return 0
        campaign.send(by=by)
        asks = list(campaign.asks.select_related("person").order_by("pk"))
        for ask in asks:
            leave(ask)
            ask.arrive()
        answer(asks)
        then = timezone.now() - LEFT_AGO
        Campaign.objects.filter(pk=campaign.pk).update(prepared_at=then - timedelta(hours=1), sent_at=then)
        campaign.asks.update(left_at=then, sent_at=then)
    return Ask.objects.count()


def answer(asks: list[Ask]) -> None:
    """About one in three, as in life."""
    positions = iter(NEW_POSITIONS)
    for number, ask in enumerate(asks):
        if number % 5 == 1 and ask.about:
            still_true(ask)
        elif number % 9 == 4 and (position := next(positions, None)) is not None:
            has_changed(ask, position)
        elif number == 20:
            ask_me_no_more(ask, words=SILENCE)
        elif number in {12, 33}:
            address_is_refused(ask, BOUNCED)
