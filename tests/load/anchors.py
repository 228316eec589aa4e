"""How many comments stay on the right words: the table of the README. Run: python -m tests.load.anchors."""

from collections import Counter
from dataclasses import dataclass

from proposals.comments.domain.anchors import Fate
from tests.margins import MIXED, TYPING_HEAVY, Anchor, Margin

SESSIONS, THREADS = 20, 20
# Characters between two pieces of the same words that were torn apart; less is typing inside them.
FAR = 60
ROWS: list[tuple[str, list[str], int]] = [
    ("6 times typing", ["typing"], 6),
    ("6 small deletions", ["deleting"], 6),
    ("6 times Enter", ["breaking"], 6),
    ("6 joins", ["joining"], 6),
    ("6 headings, lists, quotes", ["shaping"], 6),
    ("6 moves of a block", ["moving"], 6),
    ("12 mixed", MIXED, 12),
    ("40 typing-heavy", TYPING_HEAVY, 40),
]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many threads whose words are still there; and those whose words are all gone."""

    right: int
    detached: int
    wrong: int
    gone_detached: int
    gone_wrong: int

    @property
    def there(self) -> int:
        return self.right + self.detached + self.wrong


def tally(kinds: list[str], edits: int, *, sessions: int = SESSIONS, threads: int = THREADS) -> Tally:
    """Two people edit at once, `edits` times each; the server looks after every one."""
    found: Counter[str] = Counter()
    for seed in range(sessions):
        margin = Margin(seed)
        margin.comment(threads)
        for _ in range(edits):
            margin.edit(kinds)
            margin.look()
        found.update(map(_fate, margin.anchors, margin.survivors()))
    return Tally(*(found[name] for name in ("right", "detached", "wrong", "gone detached", "gone wrong")))


def _fate(anchor: Anchor, alive: set[int]) -> str:
    gone = "" if alive else "gone "
    if anchor.fate is Fate.LOST or anchor.spot is None:
        return f"{gone}detached"
    return "right" if alive and is_right(anchor.spot, alive) else f"{gone}wrong"


def is_right(spot: tuple[int, int], alive: set[int]) -> bool:
    """At least four fifths of what is left of the words, and little beyond their first and last.

    Of words in several places, a part with at least a third of what is left.
    """
    parts = pieces(sorted(alive))
    return any(_covers(spot, words) for words in parts if 3 * len(words) >= len(alive))


def pieces(alive: list[int]) -> list[list[int]]:
    """Words that were torn apart, or doubled as two people moved them at once, are in several places."""
    found: list[list[int]] = []
    for at in alive:
        if not found or at - found[-1][-1] > FAR:
            found.append([])
        found[-1].append(at)
    return found


def _covers(spot: tuple[int, int], words: list[int]) -> bool:
    start, end = spot
    covered = sum(start <= at < end for at in words)
    beyond = max(0, words[0] - start) + max(0, end - 1 - words[-1])
    return covered >= 0.8 * len(words) and beyond <= 0.2 * (end - start)


def main() -> None:
    print(
        f"{'after':28}{'threads':>8}{'right':>8}{'detached':>10}{'wrong':>7}{'right %':>9}   all words gone"
    )
    for label, kinds, edits in ROWS:
        got = tally(kinds, edits)
        share = 100 * got.right / max(got.there, 1)
        gone = f"{got.gone_detached} detached, {got.gone_wrong} not"
        print(f"{label:28}{got.there:8}{got.right:8}{got.detached:10}{got.wrong:7}{share:9.1f}   {gone}")


if __name__ == "__main__":
    main()
