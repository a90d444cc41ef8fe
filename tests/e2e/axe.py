"""axe on a page as it stands: the rules of WCAG 2.2 to AA, and what its authors call best practice."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def bring(context: BrowserContext) -> None:
    """Has axe in every page that the context opens from now on; our policy has no say in what a driver brings."""
    context.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))


def violations(page: Page) -> list[str]:
    """One line for each broken rule: what it is, and where first."""
    found: list[dict[str, Any]] = page.evaluate(
        """async (tags) => {
          const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
          return (await axe.run(document, options)).violations;
        }""",
        TAGS,
    )
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {rule['nodes'][0]['html'][:200]} {rule['nodes'][0]['failureSummary'][:300]}"
        for rule in found
    ]
