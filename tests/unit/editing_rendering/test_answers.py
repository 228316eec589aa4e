"""Answers, tables, word counts and the whole text, as pages and files show them."""

from dataclasses import dataclass, field

from proposals.editing.domain.answers import Question, answers, rows, words
from proposals.editing.domain.content import Content, plain
from proposals.editing.domain.whole import part_markdown, whole

QUESTIONS: list[Question] = [
    {"key": "cost", "label": "Cost", "kind": "choice", "choices": [["low", "Under £25,000"]]},
    {"key": "until", "label": "Until", "kind": "date", "hint": "A day"},
    {"key": "why", "label": "Why?"},
]


@dataclass
class Section:
    """A part of a template, without a database."""

    key: str = "size"
    title: str = "How big is it?"
    fields: list[Question] = field(default_factory=lambda: QUESTIONS)
    columns: list[Question] = field(default_factory=list)
    drawing: str = ""


def test_values_are_shown_in_words() -> None:
    cost, until, why = answers(QUESTIONS, {"cost": "low", "until": "2026-03-01", "other": "x"})
    assert (cost.shown, until.shown, why.shown) == ("Under £25,000", "1 March 2026", "")
    assert (until.hint, why.kind, cost.choices) == ("A day", "text", (("low", "Under £25,000"),))


def test_what_fits_no_choice_and_no_day_stays_as_it_is() -> None:
    cost, until, _ = answers(QUESTIONS, {"cost": "plenty", "until": "in spring"})
    assert (cost.shown, until.shown) == ("plenty", "in spring")


def test_a_row_has_a_cell_for_every_column() -> None:
    (row,) = rows(QUESTIONS, [{"id": "a", "why": "Because"}])
    assert row.id == "a"
    assert [cell.value for cell in row.cells] == ["", "", "Because"]


def test_words_are_what_a_reader_reads() -> None:
    assert words("1.  One **two** [three](https://x.org)\n2.  four + 5\n\n### six\n") == 6
    assert words("") == 0


def test_a_part_has_answers_then_table_then_prose() -> None:
    part = Section(columns=[{"key": "who", "label": "Who | what"}])
    content = Content(
        {"size": "Prose.\n"}, {"size": {"why": "a\nb *c*", "cost": " "}}, {"size": [{"who": "x|y"}, {}]}
    )
    assert part_markdown(part, content) == (
        "-   **Why?** a b \\*c\\*\n\n| Who \\| what |\n| --- |\n| x\\|y |\n|  |\n\nProse."
    )


def test_the_whole_leaves_out_what_is_empty() -> None:
    parts = [Section(), Section("ask", "What we ask for")]
    assert whole("A *title*", parts, Content(texts={"ask": "Leave.\n"})) == (
        "# A \\*title\\*\n\n## What we ask for\n\nLeave.\n"
    )


def test_content_of_another_shape_is_left_out() -> None:
    stored = {
        "texts": {"a": "b", "c": None},
        "forms": {"f": "x", 3: {}},
        "registers": {"r": "no", "s": [{"id": "1"}, 2]},
    }
    assert Content.from_json(stored) == Content({"a": "b"}, {"f": {}}, {"r": [], "s": [{"id": "1"}]})
    assert Content.from_json({}) == Content()
    assert plain(float("nan")) == "nan"
    assert plain(float("inf")) == "inf"
    assert plain(1e300) is not None
    assert plain(b"x") is None
