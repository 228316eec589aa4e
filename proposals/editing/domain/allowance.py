"""How much one socket may send while others work: a burst at once, a steady rate after it."""


class Allowance:
    """A bucket of frames that fills by the second. Pure: told the time, never looks at a clock.

    The fastest honest editor sends about 100 frames a second: 48 keys, a caret for each. Whoever is alone
    spends nothing, so a long history may be sent as fast as the log takes it.
    """

    RATE, BURST = 120.0, 1_200.0
    # Bytes that count as one more frame: of what arrives, and of what is asked for.
    SENT, ASKED = 4_096, 16_384
    # So long somebody may stand at the end of the allowance before the socket is closed.
    PATIENCE = 10.0

    def __init__(self) -> None:
        self._left = self.BURST
        self._at = 0.0
        self._since: float | None = None  # when it first ran out, and was not half full again since

    def spend(self, frames: float, now: float) -> float:
        """Count what has just been handled: how many seconds to wait before the next frame is read."""
        self._refill(now)
        self._left -= frames
        if self._left >= 0:
            return 0.0
        if self._since is None:
            self._since = now
        return -self._left / self.RATE

    def is_over(self, now: float) -> bool:
        """It has been at its end for too long."""
        self._refill(now)
        return self._since is not None and now - self._since > self.PATIENCE

    def _refill(self, now: float) -> None:
        if self._left < self.BURST:
            self._left = min(self.BURST, self._left + (now - self._at) * self.RATE)
        self._at = now
        if self._left >= self.BURST / 2:
            self._since = None
