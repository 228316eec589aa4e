"""A seeded typist whose keystrokes are a history in the published editing-trace shape, one patch each."""

import json
import random
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
    text = ""
    for at, removed, typed in typist.patches:
        text = text[:at] + typed + text[at + removed :]
    transactions = [{"time": "", "patches": [patch]} for patch in typist.patches]
    path.write_text(json.dumps({"startContent": "", "endContent": text, "txns": transactions}))
    return path
