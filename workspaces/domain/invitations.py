"""What has become of an invitation, and the sentence that says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIFETIME = timedelta(days=14)


class Fate(StrEnum):
    """Waiting for an answer, or why it no longer does."""

    WAITING = "waiting"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Offer:
    """The dates of one invitation."""

    expires_at: datetime
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None

    def fate(self, now: datetime) -> Fate:
        if self.accepted_at:
            return Fate.USED
        if self.revoked_at:
            return Fate.REVOKED
        return Fate.EXPIRED if now >= self.expires_at else Fate.WAITING


def why_closed(fate: Fate, *, inviter: str) -> str:
    """What to tell whoever follows the link; empty while the invitation waits."""
    return {
        Fate.WAITING: "",
        Fate.USED: "This invitation has already been used. If you used it, sign in.",
        Fate.REVOKED: f"This invitation was taken back. Ask {inviter} if you think that is a mistake.",
        Fate.EXPIRED: f"This invitation is more than 14 days old. Ask {inviter} to send a new one.",
    }[fate]


def same_address(one: str, other: str) -> bool:
    """Email addresses are compared without case or spaces around them."""
    return one.strip().lower() == other.strip().lower()
