"""The aim of a proposal as one sentence, made from its fields."""

from collections.abc import Mapping
from datetime import date

GAP = "…"
MOVES = {"up": "goes up", "down": "goes down", "steady": "stays steady"}


def aim_sentence(fields: Mapping[str, str]) -> str:
    """One sentence from the answers; a gap shows as …, and no answers at all give no sentence."""
    said = {key: " ".join(value.split()) for key, value in fields.items() if value.strip()}
    if not said:
        return ""
    parts = [
        f"By {day(said.get('by', ''))},",
        _inside(said.get("measure", GAP)),
        MOVES.get(said.get("direction", ""), "goes"),
        f"from {said.get('from', GAP)} to {said.get('to', GAP)}",
        f"for {_inside(said.get('population', GAP))}".rstrip("."),
    ]
    sentence = " ".join(parts)
    if harm := said.get("without_harming"):
        sentence += f", without harming: {_inside(harm)}"
    return sentence if sentence.endswith(".") else f"{sentence}."


def day(value: str) -> str:
    """2026-03-31 as 31 March 2026; whatever else somebody typed stays as it is."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value or GAP
    return f"{found.day} {found:%B %Y}"


def _inside(phrase: str) -> str:
    """Lower the first letter within a sentence, unless the word is an abbreviation such as CFS."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]
