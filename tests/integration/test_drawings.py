"""Tables that are read as something else, on the reading page, in the editor and in the file."""

import pytest

from proposals.editing import services
from proposals.editing.domain.content import Content
from proposals.portfolio.models import Document, Section
from tests.people import as_
from workspaces.models import Person

COLUMNS = [
    {"key": "objective", "label": "Driver", "hint": "", "kind": "text"},
    {"key": "by", "label": "By when", "hint": "", "kind": "date"},
    {"key": "cost", "label": "Cost", "hint": "", "kind": "money"},
]
ROW = {"objective": "Seen early", "by": "2027-03-31", "cost": "25000"}


# How it is read on the page, and in the file.
READ = {
    "tree": (
        '<span class="coprod-drawn-tree__level">Cost',
        "-   **Driver:** Seen early\n    -   **By when:**",
    ),
    "days": (
        "<li><strong>31 March 2027</strong> Seen early. Cost: £25,000.</li>",
        "-   **31 March 2027** Seen early.",
    ),
    "sentences": ("<li>Seen early: …, from … to … by 31 March 2027.", "-   Seen early: …, from"),
    "": ("£25,000", "| Driver | By when | Cost |"),
}


@pytest.mark.parametrize("drawing", list(READ))
def test_a_table_is_read_as_its_template_says(document: Document, amara: Person, drawing: str) -> None:
    """[ED82] [ED83]"""
    on_page, in_file = READ[drawing]
    Section.objects.filter(template=document.template, key="people").update(columns=COLUMNS, drawing=drawing)
    services.seed_content(document, Content(registers={"people": [{"id": "a", **ROW}]}))
    base = f"/proposals/{document.proposal.reference}/{document.stage}/"
    assert on_page in as_(amara).get(f"{base}text/").content.decode()
    assert in_file in as_(amara).get(f"{base}text.md").content.decode()
    editor = as_(amara).get(base).content.decode()
    assert "£25,000" in editor
    assert ('data-module="coprod-drawn-tree" data-section="people"' in editor) is (drawing == "tree")
