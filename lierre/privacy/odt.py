"""A text document (ODF 1.2) made of titles, paragraphs and tables: what an institution files, signs and amends."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language

KIND: Final = "application/vnd.oasis.opendocument.text"
OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
SPACES: Final = (
    f'xmlns:office="{OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
CELL: Final = (
    '<office:automatic-styles><style:style style:name="cell" style:family="table-cell"><style:table-cell-properties'
    ' fo:padding="0.1cm" fo:border="0.5pt solid #999999"/></style:style></office:automatic-styles>'
)


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, read aloud as one."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The first row is the heading."""

    rows: Sequence[Sequence[str]]


Block = Title | Paragraph | Items | Table


def document(name: str, blocks: Iterable[Block]) -> bytes:
    """The file. Its kind comes first and is not compressed, as the format asks."""
    body = "".join(written(block) for block in blocks)
    content = f"{CELL}<office:body><office:text>{body}</office:text></office:body>"
    language = f"<dc:language>{get_language() or 'fr'}</dc:language>"
    meta = f"<office:meta><dc:title>{escape(name)}</dc:title>{language}<meta:generator>Lierre</meta:generator></office:meta>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", part("document-content", content))
        archive.writestr("styles.xml", part("document-styles", f"<office:styles>{styles()}</office:styles>"))
        archive.writestr("meta.xml", part("document-meta", meta))
    return file.getvalue()


def part(name: str, content: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<office:{name} {SPACES} office:version="1.2">{content}</office:{name}>'


def styles() -> str:
    """Three levels of titles, a text, the heading of a table."""
    sizes = {"Heading_20_1": "20pt", "Heading_20_2": "15pt", "Heading_20_3": "12pt"}
    titles = "".join(
        f'<style:style style:name={quoteattr(name)} style:family="paragraph"><style:paragraph-properties'
        ' fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}" fo:font-weight="bold"/></style:style>'
        for name, size in sizes.items()
    )
    return (
        f'{titles}<style:style style:name="Text" style:family="paragraph"><style:paragraph-properties'
        ' fo:margin-bottom="0.2cm"/></style:style><style:style style:name="Table_20_Heading" style:family="paragraph">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )


def written(block: Block) -> str:
    """
    >>> written(Paragraph("Durée : 36 mois & plus"))
    '<text:p text:style-name="Text">Durée : 36 mois &amp; plus</text:p>'
    """
    if isinstance(block, Title):
        style = f"Heading_20_{block.level}"
        return f'<text:h text:style-name="{style}" text:outline-level="{block.level}">{plain(block.text)}</text:h>'
    if isinstance(block, Paragraph):
        return f'<text:p text:style-name="Text">{plain(block.text)}</text:p>'
    if isinstance(block, Items):
        items = (f"<text:list-item>{written(Paragraph(each))}</text:list-item>" for each in block.texts)
        return f"<text:list>{''.join(items)}</text:list>"
    columns = max((len(row) for row in block.rows), default=1)
    lines = "".join(row_of(row, heads=at == 0) for at, row in enumerate(block.rows))
    return f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{lines}</table:table>'


def row_of(row: Sequence[str], *, heads: bool) -> str:
    style = "Table_20_Heading" if heads else "Text"
    cells = "".join(
        f'<table:table-cell table:style-name="cell" office:value-type="string"><text:p text:style-name="{style}">'
        f"{plain(cell)}</text:p></table:table-cell>"
        for cell in row
    )
    line = f"<table:table-row>{cells}</table:table-row>"
    return f"<table:table-header-rows>{line}</table:table-header-rows>" if heads else line


def plain(text: str) -> str:
    """Without what XML forbids; a line break stays one."""
    kept = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    return escape(kept).replace("\n", "<text:line-break/>")
