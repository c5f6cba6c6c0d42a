"""What is asked of the whole: its signature, words for those who do not see its images, agreement with the week."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lierre.publishing.charter.agreeing import disagreements
from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import flat
from lierre.publishing.charter.reading.vocabulary import expressions


def signature(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> [found.replacement for found in signature(Asked("signature", replacement="#UBN"), Said(("Venez.",)))]
    ['\\n\\n#UBN']

    With words, it is somebody to mention: only where the text speaks of what they did.

    >>> mention = Asked("signature", words=("bouées",), replacement="avec la Région Bretagne")
    >>> [len(list(signature(mention, Said((text,))))) for text in ("Venez.", "Nos bouées", "Nos bouées, avec la région Bretagne")]
    [0, 1, 0]
    """
    wanted, last = asked.replacement.strip(), said.texts[-1] if said.texts else ""
    if not wanted or not last.strip() or any(flat(wanted) in flat(text) for text in said.texts):
        return
    spoken = next((said.texts[part][start:end] for part, start, end in expressions(asked, said)), "")
    if asked.words and not spoken:
        return
    sentence = _("The signature is missing: %(signature)s") % {"signature": wanted}
    if spoken:
        sentence = _("This speaks of “%(spoken)s”: say %(mention)s.") % {"spoken": spoken, "mention": wanted}
    yield Passage(len(said.texts) - 1, len(last), len(last), sentence, f"\n\n{wanted}")


def words_for_images(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> from lierre.publishing.charter.asked import Attached
    >>> shown = (Attached("hall.jpg"), Attached("amphi.jpg", "Un amphithéâtre plein"))
    >>> ["hall.jpg" in found.sentence for found in words_for_images(Asked("alternative"), Said(("x",), shown))]
    [True]
    """
    del asked
    for each in said.attached:
        if not each.alternative.strip():
            sentence = _("Say what “%(name)s” shows, for those who do not see it.") % {"name": each.name}
            yield Passage(0, 0, 0, sentence, None)


def agreement(asked: Asked, said: Said) -> Iterator[Passage]:
    """`words`: expressions that are not the name of one event."""
    for part, text in enumerate(said.texts):
        for other in said.others:
            for found in disagreements(text, other.text, asked.words):
                sentence = _("Here “%(here)s”, and “%(there)s” in another post of the same week: “%(title)s”.") % {
                    "here": found.here, "there": found.there, "title": other.title,
                }  # fmt: skip
                yield Passage(part, found.start, found.end, sentence, found.there)
