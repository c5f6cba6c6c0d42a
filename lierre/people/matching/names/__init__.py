"""
French names done properly, as small pure functions that know no base and keep no state.

- `folded(text) -> str`: lower case, no accents, œ → oe, ß → ss; hyphens and apostrophes stay, in their plain shapes.
  UTF-8 that was read as if it were Windows’ own is read again, a letter that became “?” is left out (`legible`).
- `compact(text) -> str`: only the letters of `folded`, in one run ("Le Goff" and "LEGOFF" are one).
- `without_titles(text) -> str`: the name as written, without Dr, Me, PhD, (MBA), Jr, nor the signs people add to profiles.
- `given_parts(text) -> tuple[str, ...]`: each given name, folded. "Marie-Laure Anne" → ("marie-laure", "anne"); an initial is
  one letter ("P." → ("p",)); "Élisabeth (Babeth)" gives both.
- `family_parts(text) -> tuple[str, ...]`: each family name, folded, without particles and words such as "née".
  "Hervé épouse Cariou" → ("herve", "cariou"); "Guen (Le)" → ("guen",); never empty unless the text holds no letter.
- `short_forms() -> Mapping[str, frozenset[str]]`: from a folded given name to all it may stand for, both ways, one step deep.
- `may_shorten(short, full) -> bool`: the same question with initials (JB), beginnings (Vin) and echoes (Loulou), on folded parts.
- `sounds(text) -> str`: a phonetic key of our own for French. Equal keys: said alike. Compounds are one run of letters.

Titles are taken off by `given_parts` and `family_parts` themselves. Nothing here is cached but the tables: call each function
once per distinct value.
"""

from lierre.people.matching.names.family import family_parts
from lierre.people.matching.names.forms import may_shorten, short_forms
from lierre.people.matching.names.given import given_parts
from lierre.people.matching.names.letters import compact, folded
from lierre.people.matching.names.phonetics import sounds
from lierre.people.matching.names.titles import without_titles

__all__ = ["compact", "family_parts", "folded", "given_parts", "may_shorten", "short_forms", "sounds", "without_titles"]
