"""Shared text to Markdown and back, with text that tries to be mistaken for Markdown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.editing.domain.flat import Block, Run, blocks, ops
from proposals.editing.domain.markdown import normal, parse, serialise
from proposals.editing.rendering import html
from tests.readback import read_back

NASTY = [
    "1.", "12.", "1)", "#", "##", "-", "+", "*", "**", "***", "_", "__", "`", "``", ">", "<", "&", "|",
    "~~~", "[x]:", "[x](y)", "[", "]", "(", ")", "\\", "&amp;", "&#42;", "&lt;b&gt;", "<b>", "</p>",
    "<!--", "!",
    "http://x.org", "<http://x.org>", "a@b.org", ":", "{", "}", "\u00a0", "  ", "\t", "\u200d", "===",
    "😀", "é", "---",
    "a", "b", "0", "x", " ", " ", " ", ".", ",", '"', "'", "$", "^", "=", "wzxhzdk:0", "klzzwxh:0001", "amp",
    "    ", "\u3000", "\u2003", "\u2028", "e\u0301",
]  # fmt: skip
words = st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1, max_size=8
)
addresses = st.sampled_from(
    [
        "",
        "",
        "https://x.org/a_(b)*c?d=1&copy;2&e=3#f",
        "http://marlbeck.example",
        "mailto:a@b.org",
        "javascript:1",
    ]
)
runs = st.lists(
    st.builds(Run, words, strong=st.booleans(), em=st.booleans(), href=addresses), max_size=4
).map(tuple)
kinds = st.one_of(
    st.builds(Block, runs, h=st.sampled_from([0, 3, 4])),
    st.builds(Block, runs, list=st.sampled_from(["bullet", "number"]), indent=st.integers(0, 3)),
    st.builds(Block, runs, quote=st.booleans()),
)
texts = st.lists(kinds, max_size=7)


def through_ops(found: list[Block]) -> list[Block]:
    """As the shared text would hold it: links that we do not follow are no links."""
    return list(blocks(ops(found)))


@settings(max_examples=300)
@given(texts)
def test_what_is_written_reads_the_same(found: list[Block]) -> None:
    """[ED60] Markdown read again gives the same blocks, marks and words."""
    shared = through_ops(found)
    assert parse(serialise(shared)) == normal(shared)


@settings(max_examples=300)
@given(texts)
def test_a_page_says_what_the_text_says(found: list[Block]) -> None:
    """[ED61] HTML made from the Markdown has the same words, marks and structure."""
    shared = through_ops(found)
    assert normal(read_back(html(serialise(shared)))) == normal(shared)
