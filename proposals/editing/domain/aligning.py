"""Which part of an older text became which part of a newer one: whole blocks first, then words."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]

# Below this share of common words two blocks are two blocks, not one that was changed.
ALIKE = 0.4
# Beyond so many comparisons a rougher answer has to do: of blocks, of words in a block, and in a text.
MOST_CELLS = 40_000
MOST_BLOCK_CELLS = 4_000_000
MOST_WORD_CELLS = 20_000_000
MANY = 2_000

_WORDS = re.compile(r"\w+(?:['\u2019.-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of an older sequence and what stands there in the newer one."""

    same: bool
    old: slice
    new: slice


def words_of(text: str) -> list[str]:
    """The words, gaps and signs of a text; together they are the text."""
    return _WORDS.findall(text)


class Patience:
    """How much comparing of words a whole text is worth; beyond it, changed blocks count as replaced."""

    def __init__(self, cells: int = MOST_WORD_CELLS) -> None:
        self._left = cells

    def allows(self, old: int, new: int) -> bool:
        if old * new > min(self._left, MOST_BLOCK_CELLS):
            return False
        self._left -= old * new
        return True


def changes(old: Sequence[str], new: Sequence[str], patience: Patience) -> list[Change]:
    """Stretches in order. A lone gap between two changes belongs to them, for that reads better."""
    found: list[Change] = []
    codes = _codes(old, new, patience)
    for at, (same_words, before, after) in enumerate(codes):
        gap = same_words and 0 < at < len(codes) - 1 and not "".join(old[before]).strip()
        same = same_words and not gap
        if found and not same and not found[-1].same:
            last = found.pop()
            found.append(Change(same, slice(last.old.start, before.stop), slice(last.new.start, after.stop)))
        else:
            found.append(Change(same, before, after))
    return found


def _codes(old: Sequence[str], new: Sequence[str], patience: Patience) -> list[tuple[bool, slice, slice]]:
    """Same or not, and where; what both begin and end with is set aside first."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    inner = slice(start, len(old) - end), slice(start, len(new) - end)
    codes = [(True, slice(0, start), slice(0, start))] if start else []
    if patience.allows(len(old) - start - end, len(new) - start - end):
        matcher = SequenceMatcher(str.isspace, old[inner[0]], new[inner[1]])
        codes += [
            (tag == "equal", slice(start + i1, start + i2), slice(start + j1, start + j2))
            for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        ]
    else:
        codes.append((False, *inner))
    if end:
        codes.append((True, slice(len(old) - end, len(old)), slice(len(new) - end, len(new))))
    return codes


def align(old: Sequence[tuple[Hashable, str]], new: Sequence[tuple[Hashable, str]]) -> list[Pair]:
    """Pairs of places, in order. An item: what makes it the same, and the words it is recognised by."""
    keys = [key for key, _ in old], [key for key, _ in new]
    matcher = SequenceMatcher(None, *keys, autojunk=max(len(old), len(new)) > MANY)
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            likeness = _Likeness([words for _, words in old[i1:i2]], [words for _, words in new[j1:j2]])
            pairs += [
                (None if i is None else i1 + i, None if j is None else j1 + j) for i, j in likeness.pairs()
            ]
    return pairs


class _Likeness:
    """Finds, of all ways to pair two runs of blocks in order, one that keeps the most words together."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self._old = [frozenset(words.lower().split()) for words in old]
        self._new = [frozenset(words.lower().split()) for words in new]

    def pairs(self) -> list[Pair]:
        rows, columns = len(self._old), len(self._new)
        if rows * columns > MOST_CELLS:
            return [*((i, None) for i in range(rows)), *((None, j) for j in range(columns))]
        best = self._table()
        found: list[Pair] = []
        i = j = 0
        while i < rows or j < columns:
            if i < rows and best[i][j] == best[i + 1][j]:
                found.append((i, None))
                i += 1
            elif j < columns and best[i][j] == best[i][j + 1]:
                found.append((None, j))
                j += 1
            else:
                found.append((i, j))
                i, j = i + 1, j + 1
        return found

    def _table(self) -> list[list[float]]:
        rows, columns = len(self._old), len(self._new)
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        for i in reversed(range(rows)):
            for j in reversed(range(columns)):
                best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + self._of(i, j))
        return best

    def _of(self, i: int, j: int) -> float:
        """The share of words they have in common; nothing if that is too little to call them one block."""
        one, other = self._old[i], self._new[j]
        if not one or not other:
            return 0.0
        share = 2 * len(one & other) / (len(one) + len(other))
        return share if share >= ALIKE else 0.0
