"""What a section still needs, in words."""

from typing import Any

import pytest

from proposals.portfolio.domain.filling import missing, why_not, wrong
from proposals.portfolio.domain.pathway import SectionSpec, read
from proposals.portfolio.templates import PATHWAY

HEAD = """
stage = "concept"
version = "9"
title = "Concept"
valid_from = 2026-01-01
source = "a test"
[[section]]
key = "risks"
title = "Risks"
prompt = "What?"
lead = "both"
"""
OWNER = '[[section.column]]\nkey = "owner"\nlabel = "Owner"\nkind = "text"\n'
COST = '[[section.column]]\nkey = "cost"\nlabel = "Cost"\nkind = "money"\n'
KIND = (
    '[[section.column]]\nkey = "kind"\nlabel = "Kind"\nkind = "choice"\n'
    'choices = [["outcome", "Outcome"], ["process", "Process"]]\n'
)


def section(*parts: str) -> SectionSpec:
    return read(HEAD + "\n".join(parts), "t.toml").sections[0]


def question(kind: str, **rules: Any) -> dict[str, object]:
    return {"key": "x", "label": "By when", "kind": kind, **rules}


def test_nothing_at_all_is_one_sentence() -> None:
    """[PF30] Not one for each field."""
    asked = section('prose = "optional"', "min_rows = 3", OWNER)
    assert missing(asked, " \n", {}, [{"id": "a", "owner": " "}]) == ["Nothing is written in “Risks” yet."]


def test_a_complete_section_needs_nothing() -> None:
    """[PF30]"""
    asked = section("min_rows = 1", OWNER + "required = true\n", COST)
    assert missing(asked, "Two things.", {}, [{"id": "a", "owner": "Ben", "cost": "£2k"}]) == []


def test_prose_that_must_be_written() -> None:
    """[PF30] A table does not stand in for it, unless the template says so."""
    rows = [{"owner": "Ben"}]
    assert missing(section(OWNER), "", {}, rows) == ["The text of “Risks” is still empty."]
    assert missing(section('prose = "optional"', OWNER), "", {}, rows) == []


def test_fields_that_must_be_answered() -> None:
    """[PF30] Those that say so; all of them where the section is nothing but a form."""
    by = '[[section.field]]\nkey = "by"\nlabel = "By when"\nkind = "date"\n'
    who = '[[section.field]]\nkey = "who"\nlabel = "For whom"\nkind = "text"\n'
    beside = section(by, "required = true", who)
    assert missing(beside, "words", {}, []) == ["“By when” is not answered yet."]
    alone = section("prose = false", by, who, "required = false")
    assert missing(alone, "", {"who": "Older people"}, []) == ["“By when” is not answered yet."]
    concept = read((PATHWAY / "concept-2026-1.toml").read_text("utf-8"), "c").sections
    aim = next(each for each in concept if each.key == "aim")
    assert "“For whom” is not answered yet." in missing(aim, "", {"by": "2026-03-31"}, [])


@pytest.mark.parametrize(
    ("asked", "said", "sentence"),
    [
        (question("date"), "soon", "“By when” says “soon”, which is not a date. Choose a day, "),
        (question("number"), "lots", "which is not a number. Write it in figures, for example 12 or 12.5."),
        (question("money"), "ten", "which is not an amount of money. Write pounds in figures, "),
        (question("percent"), "half", "which is not a percentage. Write it in figures, "),
        (question("yesno"), "maybe", "which is not one of the answers. Choose Yes or No."),
        (
            question("choice", choices=[["u", "Up"], ["d", "Down"], ["s", "Same"]]),
            "left",
            "which is not one of the answers. Choose Up, Down or Same.",
        ),
        (question("number"), "x" * 60, f"says “{'x' * 39}…”, which"),
    ],
)
def test_an_answer_of_the_wrong_kind(asked: dict[str, object], said: str, sentence: str) -> None:
    """[PF31] The sentence names the field, quotes the answer and says what to write."""
    assert sentence in why_not(asked, said)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("date", "2026-03-31"),
        ("number", "12"),
        ("money", "£1.5m"),
        ("percent", "30%"),
        ("yesno", "no"),
        ("text", "!"),
    ],
)
def test_a_right_answer(kind: str, said: str) -> None:
    """[PF31] An empty one is never wrong, only missing."""
    assert why_not(question(kind), said) == why_not(question(kind), "") == ""


def test_too_few_rows_by_route() -> None:
    """[PF32] Empty rows do not count; a route can ask for fewer."""
    asked = section('prose = "optional"', "min_rows = 3", "min_rows_on = { B = 1 }", OWNER)
    rows = [{"owner": "Ben"}, {"owner": ""}]
    assert missing(asked, "", {}, rows) == ["The table of “Risks” needs at least 3 rows and has 1."]
    assert missing(asked, "", {}, rows, route="B") == []


def test_cells_that_must_be_filled() -> None:
    """[PF32] One sentence for all rows of a column, by the numbers people see."""
    asked = section('prose = "optional"', OWNER, "required = true", COST)
    rows = [{"cost": "1"}, {}, {"owner": "Ben"}, {"cost": "2"}]
    assert missing(asked, "", {}, rows) == ["“Owner” is empty in rows 1 and 4."]


def test_kinds_of_row_that_must_be_there() -> None:
    """[PF32] At least one of each, and at least so many with this cell filled."""
    asked = section('prose = "optional"', KIND, 'each = ["outcome", "process"]', OWNER, "at_least = 2")
    assert missing(asked, "", {}, [{"kind": "process", "owner": "Ben"}]) == [
        "“Kind” needs a row that says “Outcome”.",
        "“Owner” needs at least 2 and has 1.",
    ]


def test_a_table_over_its_limit() -> None:
    """[PF33] Also where the template gives none."""
    rows = [{"owner": f"Person {nth}"} for nth in range(101)]
    told = wrong(section(OWNER), {}, rows)
    assert told == ["The table of “Risks” has 101 rows and can have 100. Take 1 out, or put some together."]
    assert wrong(section("max_rows = 2", OWNER), {}, rows[:3])[0].endswith(
        "and can have 2. Take 1 out, or put some together."
    )


def test_cells_of_the_wrong_kind_and_doubled_ones() -> None:
    """[PF33] Told for optional sections too."""
    asked = section("required = false", OWNER, "unique = true", COST)
    rows = [{"owner": "Ben", "cost": "much"}, {"owner": "Ben", "cost": "2"}]
    assert wrong(asked, {}, rows) == [
        "“Owner” says “Ben” in rows 1 and 2. Only one row can say that.",
        "Row 1: “Cost” says “much”, which is not an amount of money. "
        "Write pounds in figures, for example 25,000.",
    ]
