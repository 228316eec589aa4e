"""Markdown to safe HTML: the only place that cleans, and the only one that marks people's text safe."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import bleach
import markdown
import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown.treeprocessors import Treeprocessor

TAGS = {
    "h3", "h4", "h5", "h6", "p", "br", "hr", "a", "strong", "em", "blockquote", "ul", "ol", "li", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": ["href"], "ol": ["start"], "th": ["align"], "td": ["align"]}
SCHEMES = ["http", "https", "mailto"]
_FULL_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)

LONGEST = 200_000
LONGEST_REMEMBERED = 20_000
# The parser's searches start anew at each of these, so many of them cost minutes; every bound was timed.
MOST = {"[": 1_000, "*": 6_000, "_": 6_000, "`": 6_000, "|": 8_000, "<": 8_000, "&": 16_000, "\n": 4_000}
MOST_ESCAPES = 10_000
_ESCAPE = re.compile(r"\\.")
_TOO_DEEP = re.compile(r"^(?:(?:[ \t]*>){16}|[ \t]{48})", re.MULTILINE)


class Unshowable(ValueError):  # noqa: N818 - it says what is there
    """The text would take too long to show; the message is for people."""


def html(source: str) -> SafeString:
    """Markdown as HTML for a page. Raw HTML in it is shown as the text it is."""
    return _remembered(source) if len(source) <= LONGEST_REMEMBERED else _made(source)


def _made(source: str) -> SafeString:
    _refuse_what_takes_for_ever(source)
    try:
        made = _converter().convert(source)
    except RecursionError as trouble:
        raise Unshowable("This text is nested too deeply to show.") from trouble
    kept = bleach.clean(made, tags=TAGS, attributes=_may_stay, protocols=SCHEMES)
    return mark_safe(  # noqa: S308
        nh3.clean(
            kept,
            tags=TAGS,
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=_last_look,
            url_schemes=set(SCHEMES),
            link_rel="noopener noreferrer nofollow",
        )
    )


# So many, and none of them long: together they never take more than some 25 megabytes.
_remembered = lru_cache(maxsize=256)(_made)


def shown(source: str) -> SafeString:
    """The same, but a text that cannot be formatted is shown as it was typed."""
    try:
        return html(source)
    except Unshowable as trouble:
        return mark_safe(f"<p>{escape(trouble)}</p><pre>{escape(source[:LONGEST])}</pre>")  # noqa: S308


def _may_stay(tag: str, name: str, value: str) -> bool:
    """Attributes on the list; links only where they say in full where they lead."""
    return name in ATTRIBUTES.get(tag, ()) and (name != "href" or bool(_FULL_ADDRESS.match(value)))


def _last_look(tag: str, name: str, value: str) -> str | None:
    # `rel` is what the cleaner itself has just added.
    return value if name == "rel" or _may_stay(tag, name, value) else None


class _BelowSections(Treeprocessor):
    """Brings down headings that would stand above those of the page."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2"):
                element.tag = "h3"


def _converter() -> markdown.Markdown:
    # A converter remembers the text it is at, so each text gets its own: pages are made in many threads.
    made = markdown.Markdown(
        extensions=["sane_lists", "tables"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    made.treeprocessors.register(_BelowSections(made), "below_sections", 0)
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    made.parser.blockprocessors.deregister("reference")
    return made


def _refuse_what_takes_for_ever(source: str) -> None:
    if len(source) > LONGEST:
        raise Unshowable("This text is too long to show with its formatting.")
    if _TOO_DEEP.search(source):
        raise Unshowable("This text is nested too deeply to show with its formatting.")
    bare, escapes = _ESCAPE.subn("", source)
    if escapes > MOST_ESCAPES or any(bare.count(sign) > most for sign, most in MOST.items()):
        raise Unshowable("This text has too many signs in it to show with its formatting.")
