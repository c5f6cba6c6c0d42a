"""The same documents as PDF, for those who listen to them too: tagged, with a title, a language, headings and tables.

Typst sets them, by itself and offline. What is written goes in as data, never as markup: nobody's words can be commands.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from lierre.privacy.odt import Block, Items, Paragraph, Table, Title

KIND: Final = "application/pdf"
# Read aloud and kept for long: the standard of accessible PDF.
STANDARD: Final = "ua-1"
PAGE: Final = """
#let told = json(bytes(sys.inputs.document))
#set document(title: told.title, date: datetime(year: told.day.at(0), month: told.day.at(1), day: told.day.at(2)))
#set text(lang: told.language, size: 10pt, hyphenate: true)
#set page(
  paper: "a4", margin: (x: 2.2cm, y: 2.4cm), numbering: "1",
  header: context if counter(page).get().first() > 1 { text(size: 8pt, fill: luma(90))[#told.title] },
)
#set par(leading: 0.62em, spacing: 0.9em)
#show heading: set block(above: 1.5em, below: 0.7em)
#show heading.where(level: 1): set text(size: 19pt, weight: "regular")
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 11pt)
#show table.cell: set text(hyphenate: false)
#show table.cell.where(y: 0): set text(weight: "bold")
#let cell(words) = words.split("\\n").map(text).join(linebreak())
#for block in told.blocks {
  if block.kind == "title" [#heading(level: block.level, block.text)]
  else if block.kind == "paragraph" [#par(cell(block.text))]
  else if block.kind == "items" { list(..block.texts.map(cell)) }
  else {
    table(
      columns: block.widths.map(width => width * 1fr), inset: 5pt, stroke: (x: none, y: 0.4pt + luma(150)),
      table.header(..block.head.map(cell)), ..block.rows.flatten().map(cell),
    )
  }
}
"""


def document(name: str, blocks: Iterable[Block], *, language: str, made_at: datetime) -> bytes:
    """The file."""
    import typst  # some megabytes of typesetting: only when somebody asks for a PDF

    told = {
        "title": name, "language": language.partition("-")[0], "day": [made_at.year, made_at.month, made_at.day],
        "blocks": [as_data(each) for each in blocks],
    }  # fmt: skip
    inputs = {"document": json.dumps(told, ensure_ascii=False)}
    compiled = typst.compile(PAGE.encode(), format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD])
    assert isinstance(compiled, bytes)
    return compiled


def as_data(block: Block) -> dict[str, object]:
    """
    >>> as_data(Title("Durée", 2))
    {'kind': 'title', 'text': 'Durée', 'level': 2}
    """
    if isinstance(block, Title):
        return {"kind": "title", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    if isinstance(block, Items):
        return {"kind": "items", "texts": list(block.texts)}
    columns = max(len(row) for row in block.rows)
    rows = [[*row, *[""] * (columns - len(row))] for row in block.rows]
    return {"kind": "table", "head": rows[0], "rows": rows[1:], "widths": widths(block)}


def widths(table: Table) -> list[int]:
    """Of each column, in shares: what holds long words is given more room, within reason."""
    longest = [max(len(row[at]) for row in table.rows if at < len(row)) for at in range(len(table.rows[0]))]
    return [min(6, max(2, length // 12)) for length in longest]
