"""The profile of a document here: which content may stand where, and where a link may lead."""

import re
from collections.abc import Iterable

from proposals.editing.domain.update import ANY, DELETED, FORMAT, GC, STRING, TYPE, Id

# Where content stands: in a root or in a row (by the id of its struct), and under which key, if any.
Place = tuple[str | Id, str | None]

_PROSE = frozenset((STRING, FORMAT, DELETED))
_ROWS = frozenset((TYPE, DELETED))
_FIELDS = frozenset((ANY, DELETED))
_COLLECTED = frozenset((GC,))

# As a browser reads an address: blanks and controls around it or inside its scheme do not count.
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")
_SCHEME = re.compile(r"([^/?#:]*):")
_SCHEMES = frozenset(("http", "https", "mailto"))


def fits(kind: int, place: Place | None) -> bool:
    """Prose holds text and marks; registers hold rows; rows and forms hold single values under a key."""
    if place is None:
        return kind in _COLLECTED
    parent, sub = place
    if parent.__class__ is tuple:
        return sub is not None and kind in _FIELDS
    if sub is not None:
        return parent[:2] == "f:" and kind in _FIELDS
    return kind in (_PROSE if parent[:2] == "t:" else _ROWS if parent[:2] == "r:" else ())


def leads_astray(formats: Iterable[object]) -> bool:
    """Whether a mark holds an address that is neither of a web page nor of an e-mail."""
    return any(_is_astray(address) for value in formats for address in _addresses(value))


def _addresses(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (inner,) if key.lower() in ("href", "src") else _addresses(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _addresses(inner)


def _is_astray(address: object) -> bool:
    if address is None:
        return False
    if not isinstance(address, str):
        return True
    scheme = _SCHEME.match(_BLANKS.sub("", address))
    return scheme is not None and scheme[1].lower() not in _SCHEMES
