"""References of proposals, such as MB-2026-017."""

from collections.abc import Iterable


def stem(prefix: str, year: int) -> str:
    """What all references of a workspace in one year begin with."""
    return f"{prefix.upper()}-{year}-"


def next_reference(stem: str, taken: Iterable[str]) -> str:
    """The number after the highest one taken; numbers are never used again."""
    numbers = (reference.removeprefix(stem) for reference in taken)
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{stem}{highest + 1:03d}"
