"""Those who speak in their own name: three topics of this week and of the next, what one of them wrote, two stories."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from demo.loading.house import user
from lierre.accounts.models import Unit
from lierre.publishing.ambassadors import joining, stories, writing
from lierre.publishing.models import Ambassador, Material
from lierre.publishing.models.material import monday

# weeks from this one, theme, unit, path of the link, title, facts with their source, three angles
TOPICS: Final = (
    (0, "research", "LENM", "houle", "Dix ans de houle mesurés au large de Morlaix", (
        ("La hauteur moyenne des vagues d’hiver a gagné douze centimètres en dix ans.",
         "Équipe Houle, Revue d’océanographie côtière, 2026"),
        ("Les mesures sont ouvertes : trois millions de lignes, sans inscription.",
         "Entrepôt de données de l’université"),
    ), (
        "Celle ou celui qui entretient les bouées, et ce que l’on y voit",
        "Ce que douze centimètres changent pour un port de pêche",
        "Ce que dix ans de mesures ne disent pas encore",
    )),
    (0, "graduates", "UBN", "parrainage", "Soixante places de parrainage pour la rentrée", (
        ("Sur cent étudiants parrainés l’an dernier, soixante-deux ont revu leur parrain après l’été.",
         "Bureau des diplômés, bilan 2026"),
    ), (
        "Le conseil que l’on vous a donné, et qui a servi",
        "Ce qu’un parrain apprend de son filleul",
        "Pourquoi une heure suffit",
    )),
    (0, "campus", "UBN", "nuit", "La bibliothèque ouvre une nuit entière", (
        ("Les salles restent ouvertes jusqu’à six heures ; une navette rentre à deux heures.",
         "Service commun de la documentation"),
    ), (
        "Ce que l’on entend dans une bibliothèque à trois heures",
        "Les métiers qui tiennent un lieu ouvert la nuit",
        "Réviser ensemble, ou seul",
    )),
    (1, "research", "UBN", "algues", "Une thèse sur les algues vertes, en cinq minutes", (
        ("Trois bassins versants sur huit ont réduit leurs nitrates de plus de 30 % depuis 2015.",
         "Thèse, laboratoire des algues et des eaux littorales"),
    ), (
        "Raconter une thèse à quelqu’un de sa famille",
        "Ce qui a marché dans trois vallées",
        "La question que personne ne pose",
    )),
)  # fmt: skip
PICTURES: Final = {"houle": ("Une bouée jaune couverte d’algues, remontée sur le pont", "Photo M. Tanguy, université")}
STORIES: Final = (
    {
        "title": "Une bouée dérive jusqu’en Galice",
        "words": "Perdue en mars, elle a été rapportée par un patron de pêche, qui l’avait gardée dans son jardin.",
        "moment": "dès que possible",
        "quoted": "moi, et le patron, qui est d’accord",
    },
    {
        "title": "Le bassin à houle a quarante ans",
        "words": "Le plan d’origine est encore au mur ; le technicien qui l’a coulé vient le voir chaque année.",
        "moment": "en janvier",
        "quoted": "moi",
    },
)
ANSWER: Final = (
    "Quelle histoire ! Nous en faisons une publication pour la semaine de l’anniversaire ; Gwenaël vous appelle."
)
TEXT: Final = (
    "En dix ans, j’ai changé quarante fois la pile de la bouée 12. La dernière fois, il neigeait.\n\n"
    "Aujourd’hui nous publions ce qu’elle a vu : des vagues d’hiver plus hautes de douze centimètres. "
    "Ce n’est pas rien, quand on habite derrière une digue."
)


def speak_in_their_own_name() -> int:
    """How many topics there are. Loaded again after an interruption, nothing is said twice."""
    if Ambassador.objects.exists():
        return Material.objects.count()
    gwenael, yann = user("Gwenaël Riou"), user("Yann Le Goff")
    made = [prepare(*topic, by=gwenael) for topic in TOPICS]
    choices = {
        "unit": Unit.objects.get(code="LENM"), "topics": [], "languages": ["fr"], "networks": ["linkedin", "mastodon"],
        "server": "https://social.ubn.example", "rhythm": 7,
    }  # fmt: skip
    who = joining.join(yann, choices)
    Ambassador.objects.filter(pk=who.pk).update(joined_at=timezone.now() - timedelta(days=60))
    writing.keep(writing.own_text(who, made[0]), TEXT)
    told = [stories.offer(who, story) for story in STORIES]
    stories.answer(told[1], ANSWER, by=gwenael)
    return len(made)


def prepare(weeks: int, topic: str, unit: str, path: str, title: str, facts: Any, angles: Any, *, by: Any) -> Material:
    shows, credit = PICTURES.get(path, ("", ""))
    said = {
        "week": monday(timezone.localdate()) + timedelta(weeks=weeks), "title": title, "topic": topic, "language": "fr",
        "unit": Unit.objects.get(code=unit) if unit != "UBN" else None, "facts": [list(fact) for fact in facts],
        "angles": list(angles), "link": f"https://ubn.example/{path}", "shows": shows, "credit": credit,
        "visual": f"https://ubn.example/images/{path}.jpg" if shows else "",
    }  # fmt: skip
    made = Material.prepare(said, by=by)
    if weeks == 0:
        made.offer(by=by)
    return made
