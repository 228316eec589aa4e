"""Places in a shared text that survive other people's edits: relative positions, as Yjs writes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from proposals.editing.domain.wire import MOST, Malformed

CLOCK_MOST = 2**31 - 1
LONGEST_ROOT = 128


@dataclass(frozen=True, slots=True)
class Position:
    """Before (`after` false) or after one character, named by who wrote it and when; without one: an end."""

    root: str
    client: int | None
    clock: int
    after: bool

    def as_json(self) -> dict[str, object]:
        """As Yjs writes it, always in the same form."""
        assoc = -1 if self.after else 0
        if self.client is None:
            return {"tname": self.root, "assoc": assoc}
        return {"tname": self.root, "item": {"client": self.client, "clock": self.clock}, "assoc": assoc}


def position(value: object) -> Position:
    """Raises Malformed for whatever is not a position in a text with a name."""
    if not isinstance(value, Mapping) or not set(value) <= {"type", "tname", "item", "assoc"}:
        raise Malformed("a place of no known form")
    root = value.get("tname")
    if value.get("type") is not None or not isinstance(root, str) or not 0 < len(root) <= LONGEST_ROOT:
        raise Malformed("a place in no text that has a name")
    after = _whole(value.get("assoc", 0), least=-1, most=1) < 0
    item = value.get("item")
    if item is None:
        return Position(root, None, 0, after)
    if not isinstance(item, Mapping) or set(item) != {"client", "clock"}:
        raise Malformed("a place at no known character")
    client = _whole(item["client"], least=0, most=MOST)
    return Position(root, client, _whole(item["clock"], least=0, most=CLOCK_MOST), after)


def _whole(value: object, *, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Malformed("a number beyond its bounds")
    return value
