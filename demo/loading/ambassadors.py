"""
Those who speak in their own name: topics of three weeks, what one of them wrote, two stories; and, with the simulators of
`bin/demo`, the account that Yann connected himself: a text that is online, another that is to leave.
"""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from demo.loading.bundled import SERVERS, ports
from demo.loading.house import user
from lierre.accounts.models import Unit
from lierre.publishing.ambassadors import joining, stories, writing
from lierre.publishing.models import Ambassador, Material, Medium, OwnAccount, OwnDelivery, OwnText
from lierre.publishing.models.material import monday
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.own import connecting, saying
from simulators.together import together

# weeks from this one, theme, unit, path of the link, title, facts with their source, three angles
TOPICS: Final = (
    (-1, "research", "UBN", "bassin", "Le bassin à houle a quarante ans", (
        ("Coulé en 1986, il a servi à onze thèses et à la digue du port.", "Registre du bassin, laboratoire énergie marine"),
    ), (
        "Ce qui a changé dans le métier depuis l’ouverture",
        "La maquette qui vous a fait changer d’avis",
        "Ce que l’on ne saura jamais mesurer en bassin",
    )),
    (0, "research", "LENM", "houle", "Dix ans de houle mesurés au large de Morlaix", (
        ("La hauteur moyenne des vagues d’hiver a gagné douze centimètres en dix ans.",
         "Équipe Houle, Revue d’océanographie côtière, 2026"),
        ("Les mesures sont ouvertes : trois millions de lignes, sans inscription.",
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
        ("Les salles restent ouvertes jusqu’à six heures ; une navette rentre à deux heures.",
         "Service commun de la documentation"),
    ), (
        "Ce que l’on entend dans une bibliothèque à trois heures",
        "Les métiers qui tiennent un lieu ouvert la nuit",
        "Réviser ensemble, ou seul",
    )),
    (1, "research", "UBN", "algues", "Une thèse sur les algues vertes, en cinq minutes", (
        ("Trois bassins versants sur huit ont réduit leurs nitrates de plus de 30 % depuis 2015.",
         "Thèse, laboratoire des algues et des eaux littorales"),
    ), (
        "Raconter une thèse à quelqu’un de sa famille",
        "Ce qui a marché dans trois vallées",
        "La question que personne ne pose",
    )),
)  # fmt: skip
# What each topic shows, by its path: images of the library, with their credit and their words.
PICTURES: Final = {"houle": "La houle à Morlaix", "parrainage": "Hall de la Penfeld", "nuit": "La bibliothèque la nuit"}
STORIES: Final = (
    {
        "title": "Une bouée dérive jusqu’en Galice",
        "words": "Perdue en mars, elle a été rapportée par un patron de pêche, qui l’avait gardée dans son jardin.",
        "moment": "dès que possible",
        "quoted": "moi, et le patron, qui est d’accord",
    },
    {
        "title": "Le bassin à houle a quarante ans",
        "words": "Le plan d’origine est encore au mur ; le technicien qui l’a coulé vient le voir chaque année.",
        "moment": "en janvier",
        "quoted": "moi",
    },
)
ANSWER: Final = (
    "Quelle histoire ! Nous en faisons une publication pour la semaine de l’anniversaire ; Gwenaël vous appelle."
)
TEXT: Final = (
    "En dix ans, j’ai changé quarante fois la pile de la bouée 12. La dernière fois, il neigeait.\n\n"
    "Aujourd’hui nous publions ce qu’elle a vu : des vagues d’hiver plus hautes de douze centimètres. "
    "Ce n’est pas rien, quand on habite derrière une digue."
)


TOLD: Final = (
    "J’avais trois ans quand ce bassin a été coulé. J’y ai cassé ma première maquette en 2006 : personne n’a crié, tout le monde "
    "a pris des notes."
)
PLANNED: Final = (
    "Le seul conseil de mon parrain qui ait servi : « appelle-les ». Une heure, et j’ai trouvé mon stage. Je prends un filleul "
    "cette année. https://ubn.example/parrainage"
)
TOKEN: Final = "a token of Yann"  # noqa: S105 - of the simulator


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
    before, first, second, *_others = made
    writing.keep(writing.own_text(who, first), TEXT)
    on_his_own_account(who, before, first, second)
    told = [stories.offer(who, story) for story in STORIES]
    stories.answer(told[1], ANSWER, by=gwenael)
    return len(made)


def on_his_own_account(who: Ambassador, before: Material, first: Material, second: Material) -> None:
    """Nothing when there are no simulators: he copies his text, as most do."""
    if "mastodon" not in ports() or not settings.ALLOW_LOOPBACK:
        return
    with together(ports(), settings.DATA_DIR / "demo" / "simulators.kept") as simulators:
        simulators["mastodon"].people.tokens[TOKEN] = "yann"
        connecting.with_key(connecting.account_of(who, "mastodon"), TOKEN, whose="", address=who.server)
        account = OwnAccount.objects.get(ambassador=who)
        account.write(base_url=SERVERS["mastodon"], handle="yann@social.ubn.example", address=f"{who.server}/@yann")
        old = writing.own_text(who, before)
        writing.keep(old, TOLD)
        saying.say(old, account)
        Outbox().once()
    at = timezone.now() - timedelta(days=6)
    done = {"due_at": at, "sent_at": at, "last_sent_at": at, "confirmed_at": at}
    OwnDelivery.objects.filter(post=old, state="confirmed").update(**done)
    OwnText.objects.filter(pk=old.pk).exclude(published_at=None).update(published_at=at)
    for medium in first.shown[:1]:
        writing.show(writing.own_text(who, first), medium)
    planned = writing.own_text(who, second)
    writing.keep(planned, PLANNED)
    tomorrow = timezone.localdate() + timedelta(days=1)
    saying.say(planned, account, timezone.make_aware(datetime.combine(tomorrow, time(12, 30))))


def prepare(weeks: int, topic: str, unit: str, path: str, title: str, facts: Any, angles: Any, *, by: Any) -> Material:
    said = {
        "week": monday(timezone.localdate()) + timedelta(weeks=max(weeks, 0)), "title": title, "topic": topic, "language": "fr",
        "unit": Unit.objects.get(code=unit) if unit != "UBN" else None, "facts": [list(fact) for fact in facts],
        "angles": list(angles), "link": f"https://ubn.example/{path}",
    }  # fmt: skip
    made = Material.prepare(said, by=by)
    for medium in Medium.objects.living().filter(title=PICTURES.get(path, "")):
        made.show(medium, by=by)
    if weeks <= 0:
        made.offer(by=by)
    if weeks < 0:
        Material.objects.filter(pk=made.pk).update(week=monday(timezone.localdate()) + timedelta(weeks=weeks))
    return made
