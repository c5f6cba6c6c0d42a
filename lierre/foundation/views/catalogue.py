"""The components of the house, in the order in which the catalogue shows them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Component:
    """Shown by `foundation/catalogue/<name>.html`, which is also the lines to write."""

    name: str
    label: str | Promise
    purpose: str | Promise

    @property
    def template(self) -> str:
        return f"foundation/catalogue/{self.name}.html"


COMPONENTS: Final = (
    Component("buttons", _("Buttons"), _("Named by a verb; one primary in a page; the quiet way out is a text.")),
    Component(
        "notices", _("Notices"), _("A sentence set apart: what happened, what to do. A tone always comes with a shape.")
    ),
    Component("states", _("States and tags"), _("A state is a shape, a word and a tone. A tag only sorts.")),
    Component("crumbs", _("Breadcrumbs"), _("Where the page is. The last step is the page itself.")),
    Component(
        "form", _("Fields and forms"), _("Labels always seen, errors beside the field and summed up at the top.")
    ),
    Component(
        "combobox",
        _("Choosing in a long list"),
        _("A list that one types in, by keyboard alone; without JavaScript, a list."),
    ),
    Component("upload", _("Sending files"), _("Dropped or chosen; how far the sending is; it can be stopped.")),
    Component(
        "table", _("Table"), _("Sorted, narrowed, page by page, taken away; on a phone each row becomes a paragraph.")
    ),
    Component("pagination", _("Pages of a list"), _("By cursor: each page costs the same, wherever it is.")),
    Component("figures", _("Figures"), _("A number never travels without its definition, its period and its doubt.")),
    Component(
        "charts",
        _("Charts"),
        _("Drawn on the server: a title, a sentence, the drawing, the table. What is unknown is a gap."),
    ),
    Component("calendar", _("Heat of a calendar"), _("Each month a small page, so that the year flows on any screen.")),
    Component("timeline", _("Timeline"), _("What came one after another, the latest first.")),
    Component("tree", _("Tree"), _("What is inside what. Arrows open, close and move; a letter leads to a name.")),
    Component(
        "tabs", _("Tabs"), _("Parts of one page, of which one is seen. Without JavaScript they follow one another.")
    ),
    Component("dialog", _("Dialog"), _("A question that stops everything else, and says what it would do.")),
    Component(
        "toast",
        _("Word in passing"),
        _("After an act that does not change the page. What went wrong stays until it is closed."),
    ),
    Component("empty", _("Nothing yet"), _("Why there is nothing, and what to do first.")),
    Component("skeleton", _("Waiting"), _("A shape of the height of what comes, so that nothing moves.")),
    Component("palette", _("Palette"), _("Go to any page, find anyone: / or Ctrl + K, or the magnifying glass.")),
)
