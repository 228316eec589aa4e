"""Markdown to safe HTML: the only place that cleans, and the only one that marks people's text safe."""

from functools import lru_cache

import bleach
import markdown
import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TAGS = {
    "h3", "h4", "h5", "h6", "p", "br", "hr", "a", "strong", "em", "blockquote", "ul", "ol", "li", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": ["href"], "ol": ["start"], "th": ["align"], "td": ["align"]}
SCHEMES = ["http", "https", "mailto"]

LONGEST = 200_000
# Each was timed: the parser's searches start anew at every one of these, so many of them cost minutes.
MOST_BRACKETS = 1_000
MOST_OTHERS = 1_000
DEEPEST = 12


class Unshowable(ValueError):
    """The text would take too long to show; the message is for people."""


@lru_cache(maxsize=512)
def html(source: str) -> SafeString:
    """Markdown as HTML for a page. Raw HTML in it is shown as the text it is."""
    _refuse_what_takes_for_ever(source)
    try:
        made = _converter().convert(source)
    except RecursionError as trouble:
        raise Unshowable("This text is nested too deeply to show.") from trouble
    kept = bleach.clean(made, tags=TAGS, attributes=ATTRIBUTES, protocols=SCHEMES, strip=False)
    return mark_safe(  # noqa: S308
        nh3.clean(
            kept,
            tags=TAGS,
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            url_schemes=set(SCHEMES),
            link_rel="noopener noreferrer nofollow",
        )
    )


def shown(source: str) -> SafeString:
    """The same, but a text that cannot be formatted is shown as it was typed."""
    try:
        return html(source)
    except Unshowable as trouble:
        return mark_safe(f"<p>{escape(trouble)}</p><pre>{escape(source[:LONGEST])}</pre>")  # noqa: S308


def _converter() -> markdown.Markdown:
    # A converter remembers the text it is at, so each text gets its own: pages are made in many threads.
    made = markdown.Markdown(
        extensions=["sane_lists", "tables"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    made.parser.blockprocessors.deregister("reference")
    return made


def _refuse_what_takes_for_ever(source: str) -> None:
    if len(source) > LONGEST:
        raise Unshowable("This text is too long to show with its formatting.")
