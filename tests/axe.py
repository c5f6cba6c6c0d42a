"""What axe-core finds wrong in a page, by WCAG 2.2 AA and by its own good practice."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RUN = "([part, asked]) => axe.run(part ?? document, asked).then((found) => found.violations)"


def faults(page: Page, part: str | None = None, rules: dict[str, Any] = RULES) -> list[str]:
    """The rules that are broken in the page, or in a part of it; each with the first nodes that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Of what is right, nothing is told: it weighs megabytes.
    found = page.evaluate(RUN, [part, {**rules, "resultTypes": ["violations"]}])
    return [f"{each['id']}: {[node['html'][:160] for node in each['nodes']][:3]}" for each in found]
