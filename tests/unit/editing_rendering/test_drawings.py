"""Tables that read as a tree, as sentences or in the order of days; amounts with their signs."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from proposals.editing.domain.answers import Question, answers, pounds, rows
from proposals.editing.domain.content import Content
from proposals.editing.domain.drawings import Branch, by_day, sentences, tree
from proposals.editing.domain.whole import part_markdown
from tests.unit.editing_rendering.test_answers import Section

TREES = json.loads((Path(__file__).parents[2] / "data/tree_vectors.json").read_text())
LEVELS: list[Question] = [{"key": key, "label": key.title()} for key in ("driver", "part", "idea")]
OBJECTIVE: list[Question] = [
    {"key": "objective", "label": "Objective"},
    {"key": "measure", "label": "Counted by"},
    {"key": "from", "label": "From"},
    {"key": "to", "label": "To"},
    {"key": "by", "label": "By when", "kind": "date"},
    {"key": "owner", "label": "Owner"},
    {"key": "note", "label": "Note"},
]
PLAN: list[Question] = [
    {"key": "milestone", "label": "Milestone"},
    {"key": "by", "label": "By when", "kind": "date"},
    {"key": "needs", "label": "Waits for"},
]


def plain(branches: list[Branch]) -> list[list[object]]:
    return [[branch.label, branch.words, plain(branch.branches)] for branch in branches]


def test_rows_grow_into_one_tree() -> None:
    """[ED82] Word for word as the browser draws it (frontend/editor/tree.test.ts)."""
    for vector in TREES:
        assert plain(tree(rows(vector["columns"], vector["rows"]))) == vector["tree"]


@given(
    st.lists(st.dictionaries(st.sampled_from(["driver", "part", "idea"]), st.text(max_size=8)), max_size=8)
)
def test_every_cell_is_in_the_tree(said: list[dict[str, str]]) -> None:
    """[ED82] Nothing is left out of what replaces a table."""

    def below(branches: list[Branch]) -> set[str]:
        return {b.words.casefold() for b in branches} | {w for b in branches for w in below(b.branches)}

    grown = below(tree(rows(LEVELS, said)))
    wanted = {" ".join(value.split()).casefold() for row in said for value in row.values()}
    assert grown == wanted - {""}


def test_objectives_read_as_sentences() -> None:
    """[ED82] A gap shows; a column that the sentence does not know is not lost; empty rows say nothing."""
    table = rows(
        OBJECTIVE,
        [
            {"objective": "Home sooner.", "measure": "Home the same day", "from": "21%", "to": "30%",
             "by": "2027-03-31", "owner": "Petra Lindqvist", "note": "Ward 4 first"},
            {"measure": "Falls"},
            {"objective": " "},
        ],
    )  # fmt: skip
    assert sentences(table) == [
        "Home sooner: Home the same day, from 21% to 30% by 31 March 2027."
        " Petra Lindqvist answers for it. Note: Ward 4 first.",
        "Falls, from … to … by …. … answers for it.",
    ]


def test_milestones_stand_in_the_order_of_their_days() -> None:
    """[ED82] What has no day stands last."""
    table = rows(
        PLAN,
        [
            {"milestone": "Open", "by": "2027-05-01", "needs": "Staff."},
            {"milestone": "Review", "by": "in summer"},
            {"milestone": "Hire", "by": "2027-01-02"},
            {"by": "2027-02-01"},
        ],
    )
    assert by_day(table) == [
        ("2 January 2027", "Hire"),
        ("1 February 2027", "…"),
        ("1 May 2027", "Open. Waits for: Staff."),
        ("No day yet", "Review. By when: in summer."),
    ]


def test_markdown_holds_the_drawing() -> None:
    """[ED82] A nested list, sentences, days."""
    said = Content(
        registers={"size": [{"driver": "Flow", "idea": "Go *home*"}, {"driver": "flow", "part": "Beds"}]}
    )
    tree_part = Section(fields=[], columns=LEVELS, drawing="tree")
    assert part_markdown(tree_part, said) == (
        "-   **Driver:** Flow\n    -   **Idea:** Go \\*home\\*\n    -   **Part:** Beds"
    )
    plan = Content(registers={"size": [{"milestone": "Hire", "by": "2027-01-02"}]})
    assert (
        part_markdown(Section(fields=[], columns=PLAN, drawing="days"), plan) == "-   **2 January 2027** Hire"
    )
    aims = Content(registers={"size": [{"measure": "Falls"}]})
    assert part_markdown(Section(fields=[], columns=OBJECTIVE, drawing="sentences"), aims).startswith(
        "-   Falls,"
    )


def test_amounts_have_their_signs() -> None:
    """[ED83] Pounds with separators, per cent, yes or no; what is none of these stays as it was typed."""
    questions: list[Question] = [
        {"key": kind, "label": kind, "kind": kind} for kind in ("money", "percent", "yesno", "number")
    ]
    said = {"money": "1234567.5", "percent": "30", "yesno": "yes", "number": "12"}
    assert [answer.shown for answer in answers(questions, said)] == ["£1,234,567.50", "30%", "Yes", "12"]
    odd = {"money": "a lot", "percent": "30%", "yesno": "perhaps", "number": "some"}
    assert [answer.shown for answer in answers(questions, odd)] == ["a lot", "30%", "perhaps", "some"]
    assert [pounds("-5"), pounds("25k"), pounds("")] == ["-£5", "£25,000", ""]
