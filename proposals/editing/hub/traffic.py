"""Who has sent something lately, as far as it matters: is a busy socket alone, or do others work too?"""

LATELY = 1.0


class Traffic:
    """Remembers only the moment at which the sender last changed."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._changed = float("-inf")

    def is_shared(self, key: int, now: float) -> bool:
        """Count a frame of this socket; has another one sent something within the last second?"""
        if key != self._last:
            if self._last is not None:
                self._changed = now
            self._last = key
        return now - self._changed < LATELY
