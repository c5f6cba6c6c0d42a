"""The media that the institution shows: drawn here by code, so that nobody’s face and nobody’s rights are in them."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any, Final

from django.utils import timezone
from PIL import Image, ImageDraw

from lierre.accounts.models import Unit
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.storing import bring
from lierre.publishing.models import Likeness, Medium, Post

SIZE: Final = (1600, 1000)
PAPER, FAR, NEAR, DARK, LEAF = "#efe9dc", "#b5cba9", "#6f9c77", "#2f6b4c", "#d4dfc6"
Drawing = ImageDraw.ImageDraw


def hall(draw: Drawing) -> None:
    """Students and employers around high tables."""
    draw.rectangle((0, 700, 1600, 1000), LEAF)
    for place, (x, colour, tall) in enumerate(
        ((160, DARK, 520), (460, NEAR, 430), (700, FAR, 380), (980, NEAR, 440), (1290, DARK, 500))
    ):
        top = 900 - tall
        draw.ellipse((x - 52, top - 60, x + 52, top + 44), colour)
        draw.rounded_rectangle((x - 88, top + 62, x + 88, 900), 60, colour)
        if place % 2:
            draw.rectangle((x + 110, 560, x + 330, 584), "#8a7f6a")
            draw.rectangle((x + 212, 584, x + 228, 900), "#8a7f6a")


def waves(draw: Drawing) -> None:
    for row, colour in enumerate((LEAF, FAR, NEAR, DARK)):
        y = 380 + row * 150
        draw.rectangle((0, y, 1600, 1000), colour)
        for x in range(-200, 1800, 320):
            draw.pieslice((x + row * 70, y - 90, x + row * 70 + 320, y + 110), 180, 360, fill=colour)


def night(draw: Drawing) -> None:
    draw.rectangle((0, 0, 1600, 1000), "#22324a")
    draw.ellipse((1240, 110, 1400, 270), PAPER)
    for floor in range(4):
        for window in range(9):
            lit = (floor * 5 + window * 3) % 4
            draw.rectangle(
                (150 + window * 145, 330 + floor * 150, 240 + window * 145, 440 + floor * 150),
                "#e8c46b" if lit else "#33466a",
            )


def algae(draw: Drawing) -> None:
    draw.rectangle((0, 0, 1600, 1000), "#dfe9df")
    for place in range(12):
        x = 90 + place * 130
        for height in range(0, 620, 62):
            side = 1 if (height // 62) % 2 else -1
            draw.ellipse(
                (x - 26 + side * 24, 900 - height, x + 26 + side * 24, 972 - height), NEAR if place % 3 else DARK
            )


def dance(draw: Drawing) -> None:
    draw.rectangle((0, 760, 1600, 1000), "#b98b5e")
    for place in range(9):
        x, colour = 140 + place * 165, (DARK, NEAR, "#a4573c")[place % 3]
        draw.ellipse((x - 40, 400, x + 40, 480), colour)
        draw.polygon(((x, 490), (x - 70, 800), (x + 70, 800)), colour)
        draw.line((x + 20, 560, x + 145, 560), colour, 18)


# name, drawing, what it shows (fr, en), credit, licence, words, days until which it may be shown (None: no end), who is shown
Shown = tuple[str, int | None]  # name, days of consent (None: not asked yet)
PICTURES: Final[dict[str, tuple[Callable[[Drawing], None], str, str, str, str, str, int | None, tuple[Shown, ...]]]] = {
    "Hall de la Penfeld": (
        hall, "Des étudiants parlent avec des employeurs autour de tables hautes.",
        "Students talk with employers around high tables.", "M. Tanguy", "ours", "alternance, emploi, rencontres", 220,
        (("Lena Cadiou", 400),),
    ),
    "La houle à Morlaix": (
        waves, "Quatre rangs de vagues, du plus clair au plus sombre.", "Four rows of waves, from light to dark.",
        "Laboratoire énergie marine", "cc-by", "recherche, mer, énergie", None, (),
    ),
    "La bibliothèque la nuit": (
        night, "La façade de la bibliothèque, la nuit : la plupart des fenêtres sont éclairées.", "", "Service communication",
        "ours", "bibliothèque, révisions", 40, (),
    ),
    "Algues vertes": (algae, "", "", "", "", "thèse, biologie", None, ()),
    "Fest-noz": (
        dance, "Neuf personnes dansent en se tenant la main.", "", "Vie étudiante", "granted", "fête, danse", None,
        (("Nolwenn Prigent", None), ("Erwan Bellec", 25)),
    ),
}  # fmt: skip
# The first words of a post → what goes with it.
WITH: Final = {
    "Venez avec une question": "Hall de la Penfeld", "La houle en équations": "La houle à Morlaix",
    "Portes ouvertes": "Hall de la Penfeld", "Une thèse sur les algues": "Algues vertes",
    "La nuit de la bibliothèque": "La bibliothèque la nuit", "Vacances": "La bibliothèque la nuit",
}  # fmt: skip


def illustrate(post: Post, *, by: Any) -> None:
    """The library is filled with the first post; each post that has a picture is given it."""
    media = fill(by)
    chosen = next((media[title] for start, title in WITH.items() if post.text.startswith(start)), None)
    if chosen is not None:
        attach(post, [chosen], by=by)


def fill(by: Any) -> dict[str, Medium]:
    known = {medium.title: medium for medium in Medium.objects.all()}
    if known:
        return known
    unit = Unit.objects.filter(code="UBN").first()
    found = {title: picture(title, by, unit) for title in PICTURES}
    report, _new = bring("Rapport d’activité.pdf", BytesIO(pages()), by=by, unit=unit, credit="Service communication")
    return found | {report.title: report}


def picture(title: str, by: Any, unit: Unit | None) -> Medium:
    draw, french, english, credit, licence, tags, days, persons = PICTURES[title]
    image = Image.new("RGB", SIZE, PAPER)
    draw(ImageDraw.Draw(image))
    into, today = BytesIO(), timezone.localdate()
    image.save(into, "PNG", optimize=True)
    into.seek(0)
    alt = {code: words for code, words in (("fr", french), ("en", english)) if words}
    until = today + timedelta(days=days) if days else None
    said = {"alt": alt, "credit": credit, "licence": licence, "tags": tags, "until": until, "unit": unit}
    medium, _new = bring(f"{title}.png", into, by=by, **said)
    for name, consent in persons:
        given, ends = (today - timedelta(days=90), today + timedelta(days=consent)) if consent else (None, None)
        shown = {"name": name, "given_on": given, "until": ends, "proof": "Classeur 3" if consent else ""}
        Likeness.write_down(medium, shown, by=by)
    return medium


def pages() -> bytes:
    """A report of four pages, as one sees it from afar."""
    every = []
    for number in range(4):
        page = Image.new("RGB", (620, 877), "white")
        draw = ImageDraw.Draw(page)
        draw.rectangle((60, 70, 420 - number * 40, 100), DARK)
        for line in range(22):
            draw.rectangle((60, 150 + line * 30, 560 - (line * 37 + number * 50) % 160, 160 + line * 30), "#d8d3c6")
        every.append(page)
    into = BytesIO()
    every[0].save(into, "PDF", save_all=True, append_images=every[1:])
    return into.getvalue()
