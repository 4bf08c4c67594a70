"""The reference of the kit says what the docstrings say, and all that authors use is in it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_as_its_script_makes_it():
    made = runpy.run_path(str(DOCS / "make_reference.py"))["page"]()
    assert (DOCS / "kit.md").read_text(encoding="utf-8") == made, "run: python docs/make_reference.py"


def test_links_inside_the_page_lead_somewhere():
    text = (DOCS / "kit.md").read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in re.findall(r"^#+ (.*)$", text, re.M)
    }
    links = re.findall(r"\]\(#([^)]*)\)", text)
    assert links and set(links) <= headings


def test_authors_find_every_fixture_of_their_guide():
    guide = (DOCS / "authoring.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `(\w+)` \| ", guide.partition("| fixture | gives |")[2], re.M)
    page = (DOCS / "kit.md").read_text(encoding="utf-8")
    fixtures = set(re.findall(r"^\*\*`(\w+)`\*\* \(fixture\)", page, re.M))
    assert fixtures <= set(table)
