"""Template files: what a right one says, and what a wrong one is told."""

from pathlib import Path

import pytest

from proposals.portfolio.domain.pathway import BadTemplateError, SectionSpec, read
from proposals.portfolio.templates import PATHWAY

HEAD = """
stage = "concept"
version = "9"
title = "Concept"
valid_from = 2026-01-01
source = "a test"
"""
SECTION = """
[[section]]
key = "aim"
title = "Aim"
prompt = "What?"
lead = "both"
"""


@pytest.mark.parametrize("path", sorted(PATHWAY.glob("*.toml")), ids=lambda path: path.name)
def test_our_files_are_right(path: Path) -> None:
    """[PF20] Every file in the pathway folder can be read."""
    assert read(path.read_text("utf-8"), path.name).sections


def test_the_concept_asks_ten_questions() -> None:
    """[PF20] The ten sections, in order; the aim and the safety screen are forms, people a register."""
    sections = read((PATHWAY / "concept-2026-1.toml").read_text("utf-8"), "concept").sections
    assert [section.key for section in sections] == [
        "summary", "problem", "baseline", "aim", "drivers",
        "people", "strategic_fit", "safety_screen", "size", "ask",
    ]  # fmt: skip
    by_key = {section.key: section for section in sections}
    assert by_key["summary"].word_limit == 120
    assert not by_key["aim"].has_prose
    assert [field["key"] for field in by_key["aim"].fields] == [
        "population", "measure", "direction", "from", "to", "by", "without_harming",
    ]  # fmt: skip
    assert [column["key"] for column in by_key["people"].columns] == [
        "who", "interest", "influence", "stance", "response",
    ]  # fmt: skip
    assert len(by_key["safety_screen"].fields) == 5
    assert all(section.prompt.endswith("?") for section in sections[:1] + sections[3:])


def sections_of(name: str) -> dict[str, SectionSpec]:
    return {each.key: each for each in read((PATHWAY / name).read_text("utf-8"), name).sections}


def test_the_concept_has_fields_and_tables_since_its_second_version() -> None:
    """[PF37] What was asked before keeps its key, so that a text moves over as it is."""
    old, new = sections_of("concept-2026-1.toml"), sections_of("concept-2026-2.toml")
    assert list(new) == list(old)
    for key, section in old.items():
        asked = {each["key"] for each in (*new[key].fields, *new[key].columns)}
        assert {each["key"] for each in (*section.fields, *section.columns)} <= asked
        assert new[key].has_prose == section.has_prose
    assert {key for key, section in new.items() if section.columns} == {
        "problem", "baseline", "drivers", "people", "strategic_fit",
    }  # fmt: skip
    assert [each.get("at_least") for each in new["drivers"].columns] == [1, None, 2]
    assert (new["drivers"].drawing, new["drivers"].crossed) == ("tree", "manager")


def test_the_business_case_makes_one_argument_in_five_views() -> None:
    """[PF37] Eight sections on the short route; the clinician confirms the money and its sources."""
    case = sections_of("business_case-2026-1.toml")
    assert len(case) == 22
    assert [key for key, section in case.items() if "B" in section.routes] == [
        "exec_summary", "case_for_change", "options", "affordability",
        "benefits", "risks", "evaluation_plan", "involvement",
    ]  # fmt: skip
    assert {key for key, section in case.items() if section.crossed == "clinician"} == {
        "affordability", "benefit_assumptions",
    }  # fmt: skip
    assert (case["options"].min_rows, case["options"].min_rows_on) == (3, {"B": 2})
    assert case["options"].columns[0]["each"] == ["bau", "do_minimum"]
    assert case["evaluation_plan"].columns[0]["each"] == ["outcome", "process", "balancing"]
    assert case["exec_summary"].word_limit == 300


def test_the_evaluation_starts_from_what_was_promised() -> None:
    """[PF37] Six sections on the test route; tables that begin with those of the case."""
    evaluation, case = sections_of("evaluation-2026-1.toml"), sections_of("business_case-2026-1.toml")
    assert len(evaluation) == 13
    assert [key for key, each in evaluation.items() if each.required and "A" in each.routes] == [
        "eval_summary", "fidelity", "measures", "voice", "safety", "recommendation",
    ]  # fmt: skip
    copied = {key: each.copies for key, each in evaluation.items() if each.copies}
    assert copied == {
        "fidelity": "plan", "measures": "evaluation_plan",
        "benefits_actual": "benefits", "money_actual": "affordability",
    }  # fmt: skip
    for key, source in copied.items():
        shared = {each["key"] for each in evaluation[key].columns} & {
            each["key"] for each in case[source].columns
        }
        assert len(shared) >= 2


def test_defaults() -> None:
    """[PF20] A short file means: required, prose, no limit."""
    section = read(HEAD + SECTION, "t.toml").sections[0]
    assert (section.required, section.has_prose, section.word_limit, section.help) == (True, True, None, "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stage = concept", "t.toml: this is not valid TOML. Invalid value (at line 1, column 9)"),
        (HEAD.replace("2026-01-01", '"soon"') + SECTION, "t.toml: valid_from is missing or not a date"),
        (HEAD.replace('"concept"', '"dream"') + SECTION, "t.toml: stage is 'dream'; it can be concept"),
        (HEAD, "t.toml: there are no sections"),
        (HEAD + SECTION + SECTION, "t.toml: two sections have the key 'aim'"),
        (HEAD + "colour = 1\n" + SECTION, "t.toml: colour is not known here"),
        (HEAD + SECTION.replace('"both"', '"king"'), "t.toml, section aim: lead is 'king'"),
        (HEAD + SECTION.replace('"What?"', '" "'), "t.toml, section aim: prompt is missing or not a text"),
        (HEAD + SECTION.replace('"aim"', '"The aim"'), "t.toml, section The aim: key may hold small letters"),
        (HEAD + SECTION + "prose = false", "t.toml, section aim: there is nothing to write"),
        (HEAD + SECTION + "prose = 1", "t.toml, section aim: prose is neither true nor false"),
        (HEAD + SECTION + "word_limit = 0", "t.toml, section aim: word_limit is not a whole number"),
        (
            HEAD + SECTION + "field = 3",
            "t.toml, section aim: write each field under its own [[field]] heading",
        ),
        (
            HEAD + SECTION + '[[section.field]]\nkey="by"\nlabel="By"\nkind="day"',
            "t.toml, section aim, field by: kind is 'day'",
        ),
        (
            HEAD + SECTION + '[[section.field]]\nkey="by"\nlabel="By"\nkind="choice"\nchoices=[["a","A"]]',
            "t.toml, section aim, field by: choices are at least two pairs",
        ),
        (
            HEAD + SECTION + '[[section.column]]\nkey="by"\nlabel="By"\nkind="text"\nchoices=[["a","A"]]',
            "t.toml, section aim, column by: only a field of kind choice has choices",
        ),
        (
            HEAD + SECTION + '[[section.column]]\nkey="by"\nlabel="By"\nkind="text"\n' * 2,
            "t.toml, section aim: two columns have the key 'by'",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, words: str) -> None:
    """[PF22] File, section and field stand in the sentence."""
    with pytest.raises(BadTemplateError) as told:
        read(text, "t.toml")
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + SECTION.replace('"both"', '"king"'), 12),
        (HEAD + SECTION.replace('lead = "both"\n', ""), 8),
        (HEAD + SECTION + SECTION.replace('"aim"', '"why"') + "word_limit = 0", 19),
        (HEAD + SECTION + SECTION, 15),
        (HEAD + "colour = 1\n" + SECTION, 7),
        (HEAD + SECTION + '[[section.field]]\nkey="by"\nlabel="By"\nkind="day"', 16),
        (
            HEAD + SECTION + 'help = """\n[[section]]\nkey = 1\n"""\n'
            '[[section.column]]\nkey="a"\nlabel="A"\nkind="text"\n[[section.column]]\nkey="b"\nkind="text"',
            21,
        ),
        (HEAD + SECTION + "max_rows = 3", 13),
        (
            HEAD
            + SECTION
            + 'min_rows = 4\nmax_rows = 3\n[[section.column]]\nkey="a"\nlabel="A"\nkind="text"',
            14,
        ),
        (HEAD + SECTION + "min_rows_on = { E = 2 }", 13),
        (
            HEAD + SECTION + '[[section.column]]\nkey="a"\nlabel="A"\nkind="choice"\n'
            'choices = [\n  ["x", "X"],\n  ["y", "Y"],\n]\neach = ["z"]',
            21,
        ),
    ],
)
def test_the_line_is_told(text: str, line: int) -> None:
    """[PF34] That of the value at fault; that of its heading, where it is missing."""
    with pytest.raises(BadTemplateError) as told:
        read(text, "t.toml")
    assert str(told.value).endswith(f"(line {line})")
