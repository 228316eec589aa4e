"""Markdown to safe HTML: the only place that cleans, and the only one that marks people's text safe."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST = 200_000
LONGEST_REMEMBERED = 20_000
# The parser's searches start anew at each of these, so many of them cost minutes; every bound was timed.
MOST = {"[": 1_000, "*": 6_000, "_": 6_000, "`": 6_000, "|": 8_000, "<": 8_000, "&": 16_000, "\n": 4_000}
MOST_ESCAPES = 10_000
_ESCAPE = re.compile(r"\\.")
_TOO_DEEP = re.compile(r"^(?:(?:[ \t]*>){16}|[ \t]{48})", re.MULTILINE)


class Unshowable(ValueError):
    """The text would take too long to show; the message is for people."""


def html(source: str) -> SafeString:
    """Markdown as HTML for a page. Raw HTML in it is shown as the text it is."""
    return _remembered(source) if len(source) <= LONGEST_REMEMBERED else _made(source)


def _made(source: str) -> SafeString:
    # Three libraries hang on it: a process that only carries sockets never loads them.
    from proposals.editing.rendering.cleaning import cleaned, converted  # noqa: PLC0415

    _refuse_what_takes_for_ever(source)
    try:
        made = converted(source)
    except RecursionError as trouble:
        raise Unshowable("This text is nested too deeply to show.") from trouble
    return mark_safe(cleaned(made))  # noqa: S308


# So many, and none of them long: together they never take more than some 25 megabytes.
_remembered = lru_cache(maxsize=256)(_made)


def shown(source: str) -> SafeString:
    """The same, but a text that cannot be formatted is shown as it was typed."""
    try:
        return html(source)
    except Unshowable as trouble:
        return mark_safe(f"<p>{escape(trouble)}</p><pre>{escape(source[:LONGEST])}</pre>")  # noqa: S308


def _refuse_what_takes_for_ever(source: str) -> None:
    if len(source) > LONGEST:
        raise Unshowable("This text is too long to show with its formatting.")
    if _TOO_DEEP.search(source):
        raise Unshowable("This text is nested too deeply to show with its formatting.")
    bare, escapes = _ESCAPE.subn("", source)
    if escapes > MOST_ESCAPES or any(bare.count(sign) > most for sign, most in MOST.items()):
        raise Unshowable("This text has too many signs in it to show with its formatting.")
