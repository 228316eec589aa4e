"""Work on updates without a document: merge them, say what they hold, say what somebody lacks.

Only bytes that passed the gate come here. Even so every call is fenced: the library underneath reports some
failures as exceptions that an ordinary `except` does not catch.
"""

from asyncio import CancelledError
from collections.abc import Callable, Sequence

from pycrdt import get_state, get_update, merge_updates

from proposals.editing.domain.joining import joined

NOTHING = b"\x00\x00"
# Merging costs the square of the number of updates, so we merge in a tree of this width.
WIDTH = 32


class Unmergeable(Exception):
    """The library could not work with these updates."""


def merge(updates: Sequence[bytes]) -> bytes:
    """One update that says all that these say."""
    level = list(updates) or [NOTHING]
    while len(level) > 1:
        level = [_merge_few(level[at : at + WIDTH]) for at in range(0, len(level), WIDTH)]
    return level[0]


def gather(updates: Sequence[bytes]) -> bytes:
    """As `merge`, and what was typed letter by letter becomes whole words: for rows of a log."""
    return merge(joined(updates) if len(updates) > 1 else updates)


def lacking(update: bytes, state_vector: bytes) -> bytes:
    """The part of `update` that somebody with this state vector does not have."""
    return _fenced(lambda: get_update(update, state_vector))


def state_vector_of(update: bytes) -> bytes:
    """The state vector of a document that holds `update`."""
    return _fenced(lambda: get_state(update))


def _merge_few(updates: list[bytes]) -> bytes:
    return updates[0] if len(updates) == 1 else _fenced(lambda: merge_updates(*updates))


def _fenced(work: Callable[[], bytes]) -> bytes:
    try:
        return work()
    except (CancelledError, SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001 - panics of the library are no ordinary exceptions
        raise Unmergeable(type(error).__name__) from None
