"""A seeded typist whose keystrokes are a history in the published editing-trace shape, one patch each."""

import json
import random
from collections.abc import Iterable
from pathlib import Path

WORDS = (
    *(
        "ward",
        "bed",
        "frail",
        "patient",
        "discharge",
        "team",
        "therapy",
        "night",
        "day",
        "clinic",
        "referral",
    ),
    *("safe", "wait", "hours", "we", "will", "ask", "review", "with", "family", "before", "and", "after"),
    *("because", "the", "a", "of", "to", "in", "for", "on", "is", "from", "£640k", "24/7", "naïve", "plan"),
)
Patch = tuple[int, int, str]


class Typist:
    """Types words, takes letters back, jumps to mend something, now and then removes or pastes a stretch."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self.length = 0
        self.patches: list[Patch] = []

    def work(self, keystrokes: int) -> None:
        at = 0
        while len(self.patches) < keystrokes:
            chance = self._rng.random()
            if chance < 0.04 and self.length:
                at = self._rng.randrange(self.length + 1)
            elif chance < 0.12:
                for _ in range(min(at, self._rng.randrange(1, 9))):
                    at = self._patch(at - 1, 1, "")
            elif chance < 0.13:
                length = min(self.length - at, self._rng.randrange(1, 60))
                at = self._patch(at, length, "") if length else at
            elif chance < 0.14:
                at = self._patch(at, 0, " ".join(self._rng.choices(WORDS, k=12)))
            else:
                for letter in self._rng.choice(WORDS) + self._rng.choice("      ,.\n"):
                    at = self._patch(at, 0, letter)
        del self.patches[keystrokes:]

    def _patch(self, at: int, removed: int, typed: str) -> int:
        self.patches.append((at, removed, typed))
        self.length += len(typed) - removed
        return at + len(typed)


def write_history(path: Path, keystrokes: int, seed: int = 18) -> Path:
    typist = Typist(seed)
    typist.work(keystrokes)
    text = text_of(typist.patches)
    transactions = [{"time": "", "patches": [patch]} for patch in typist.patches]
    path.write_text(json.dumps({"startContent": "", "endContent": text, "txns": transactions}))
    return path


def text_of(patches: Iterable[Patch]) -> str:
    """What the history ends in. Kept as what stands before the caret and, turned round, behind it."""
    before, behind = list[str](), list[str]()
    for at, removed, typed in patches:
        if at < len(before):
            behind.extend(reversed(before[at:]))
            del before[at:]
        elif at > len(before):
            start = len(behind) - (at - len(before))
            before.extend(reversed(behind[start:]))
            del behind[start:]
        if removed:
            del behind[-removed:]
        before.extend(typed)
    return "".join(before) + "".join(reversed(behind))
