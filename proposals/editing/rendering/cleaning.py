"""Markdown made HTML and cleaned twice. What may be asked of it is bounded by the module above."""

import re
from xml.etree.ElementTree import Element

import bleach
import markdown
import nh3
from markdown.treeprocessors import Treeprocessor

TAGS = {
    "h3", "h4", "h5", "h6", "p", "br", "hr", "a", "strong", "em", "blockquote", "ul", "ol", "li", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": ["href"], "ol": ["start"], "th": ["align"], "td": ["align"]}
SCHEMES = ["http", "https", "mailto"]
_FULL_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)


def converted(source: str) -> str:
    # A converter remembers the text it is at, so each text gets its own: pages are made in many threads.
    return _converter().convert(source)


def cleaned(made: str) -> str:
    kept = bleach.clean(made, tags=TAGS, attributes=_may_stay, protocols=SCHEMES)
    return nh3.clean(
        kept,
        tags=TAGS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_last_look,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


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
