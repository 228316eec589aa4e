"""Flat texts as blocks: what each line break opens, which marks count, which links are followed."""

import pytest

from proposals.editing.domain.flat import Block, Run, address, blocks, ops, visible


def test_a_line_break_opens_a_block_with_its_kind() -> None:
    found = list(
        blocks(
            [("\n", {"h": 3.0}), ("Title", {}), ("\nText\n", {}), ("\n", {"list": "bullet", "indent": 2.0})]
        )
    )
    assert found == [
        Block((Run("Title"),), h=3),
        Block((Run("Text"),)),
        Block(),
        Block(list="bullet", indent=2),
    ]


def test_text_before_the_first_line_break_counts() -> None:
    assert list(blocks([("Early", None), ("\nLate", None)])) == [
        Block((Run("Early"),)),
        Block((Run("Late"),)),
    ]


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ({"h": 1}, Block()),
        ({"h": True}, Block()),
        ({"h": "3"}, Block()),
        ({"h": 4, "list": "bullet"}, Block(h=4)),
        ({"list": "bullet", "quote": True}, Block(list="bullet")),
        ({"list": "letters"}, Block()),
        ({"list": "number", "indent": 99}, Block(list="number", indent=3)),
        ({"list": "number", "indent": -1}, Block(list="number")),
        ({"list": "number", "indent": float("nan")}, Block(list="number")),
        ({"quote": "yes"}, Block()),
        ({"quote": True, "colour": {"deep": [1]}}, Block(quote=True)),
        ({"indent": 2}, Block()),
    ],
)
def test_only_kinds_we_know_count(attributes: dict[str, object], kind: Block) -> None:
    """[ED66] Attributes and values we do not know are passed over."""
    assert list(blocks([("\n", attributes)])) == [kind]


def test_embeds_are_passed_over() -> None:
    assert list(blocks([("\na", {}), ({"image": "x"}, {}), ("b", {"strong": "yes"})])) == [
        Block((Run("a"), Run("b")))
    ]


@pytest.mark.parametrize(
    ("href", "followed"),
    [
        ("https://marlbeck.example/a?b=1&c#d", "https://marlbeck.example/a?b=1&c#d"),
        ("HTTP://marlbeck.example", "HTTP://marlbeck.example"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x"),
        (
            "mailto:amara@marlbeck.example?subject=Hello there",
            "mailto:amara@marlbeck.example?subject=Hello%20there",
        ),
        ("https://x.org/a_(b)*", "https://x.org/a%5F%28b%29%2A"),
        (" https://x.org/é ", "https://x.org/é"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:1", ""),
        ("/proposals/", ""),
        ("//x.org", ""),
        ("https://", ""),
        ("https://nhs.uk@evil.example/", ""),
        ("https://x.org/" + "a" * 2000, ""),
        ("https://x.org/\u200b", ""),
        ({"href": "x"}, ""),
        (None, ""),
    ],
)
def test_which_links_are_followed(href: object, followed: str) -> None:
    """[ED67] Links lead to web and mail addresses only."""
    assert address(href) == followed


def test_ops_are_what_blocks_read() -> None:
    found = [
        Block((Run("a", strong=True), Run(" b", em=True)), h=4),
        Block((Run("c", href="https://x.org"),), list="number", indent=1),
        Block(quote=True),
    ]
    assert list(blocks(ops(found))) == found


def test_no_blocks_are_one_empty_block() -> None:
    assert ops([]) == [("\n", {})]


def test_gaps_are_spaces_and_the_invisible_goes() -> None:
    assert visible("a\u2028b\x00\u200bc\td") == "a bc d"
