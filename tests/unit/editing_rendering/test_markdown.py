"""Markdown as we write it, case by case; the properties are in tests/property/test_markdown.py."""

import pytest

from proposals.editing.domain.flat import Block, Run
from proposals.editing.domain.markdown import parse, serialise
from proposals.editing.rendering import html


def said(*blocks: Block) -> str:
    return serialise(blocks)


def plain(text: str, **kind: object) -> Block:
    return Block((Run(text),), **kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. not a list", "1\\. not a list"),
        ("2024) nor this", "2024\\) nor this"),
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("-5 degrees", "-5 degrees"),
        ("--- no rule", "\\--- no rule"),
        ("+ no item", "\\+ no item"),
        ("> no quotation", "\\> no quotation"),
        ("[x]: https://x.org", "\\[x\\]: https://x.org"),
        ("* * *", "\\* \\* \\*"),
        ("snake_case and 2*3*4", "snake\\_case and 2\\*3\\*4"),
        ("`code`", "\\`code\\`"),
        ("<b>R&D</b> &amp; &copy;", "&lt;b>R&D&lt;/b> &amp;amp; &amp;copy;"),
        ("~~~ and a~b", "&#126;&#126;&#126; and a~b"),
        ("a \\ b", "a \\\\ b"),
    ],
)
def test_text_that_looks_like_markdown_stays_text(text: str, written: str) -> None:
    """[ED60]"""
    assert said(plain(text)) == written + "\n"
    assert parse(written) == [plain(text)]


def test_a_list_in_a_list() -> None:
    assert (
        said(
            plain("one", list="bullet"),
            plain("a", list="number", indent=1),
            plain("b", list="number", indent=3),
        )
        == "-   one\n    1.  a\n        1.  b\n"
    )


def test_bullets_after_numbers_are_two_lists() -> None:
    assert said(plain("a", list="number"), plain("b", list="bullet")) == "1.  a\n\n-   b\n"


def test_numbers_go_on_after_what_is_below_them() -> None:
    items = [plain("a", list="number"), plain("x", list="bullet", indent=1), plain("b", list="number")]
    assert said(*items) == "1.  a\n    -   x\n2.  b\n"


def test_marks_do_not_hold_the_gaps() -> None:
    runs = (Run("Please", strong=True), Run(" do ", strong=True, em=True), Run("it", em=True))
    assert said(Block(runs)) == "**Please** ***do*** *it*\n"


def test_an_exclamation_before_a_link_makes_no_image() -> None:
    block = Block((Run("Look!"), Run("here", href="https://x.org")))
    assert said(block) == "Look\\![here](https://x.org)\n"
    assert "<img" not in html(said(block))


def test_empty_blocks_are_left_out() -> None:
    assert said(plain(""), plain("a"), plain(" ", list="bullet"), plain("\u3000", h=3)) == "a\n"
    assert said() == ""


def test_people_write_markdown_with_broken_lines() -> None:
    source = (
        "A paragraph\nover two lines.\n\n## Title\n* one\n  and more\n* two\n\n> said\n> twice\n\n**a *b* c**"
    )
    assert parse(source) == [
        plain("A paragraph over two lines."),
        plain("Title", h=3),
        plain("one and more", list="bullet"),
        plain("two", list="bullet"),
        plain("said twice", quote=True),
        Block(
            (Run("a", strong=True), Run(" "), Run("b", strong=True, em=True), Run(" "), Run("c", strong=True))
        ),
    ]
