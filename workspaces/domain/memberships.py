"""Who may end a membership, and when it has to wait."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Departure:
    """Somebody wants to end a membership: whose it is, and who is left to look after the workspace."""

    own: bool
    by_administrator: bool
    last_administrator: bool

    def why_not_by_them(self) -> str:
        """People leave by themselves, or are seen off by whoever looks after the workspace."""
        if self.own or self.by_administrator:
            return ""
        return "Only people who look after this workspace can end somebody else's membership."

    def why_not_yet(self) -> str:
        """Without anybody who can invite people, a workspace could never grow again."""
        if not self.last_administrator:
            return ""
        return (
            "Nobody else looks after this workspace. Ask whoever runs coprod in your organisation "
            "to name another person first."
        )
