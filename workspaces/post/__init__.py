"""Mail out of the house: written with what it tells, in the same atomic block; a sender takes it away."""

from workspaces.post.leaving import claim, failed, needless, next_due, sent
from workspaces.post.writing import GROUP, write

__all__ = ["GROUP", "claim", "failed", "needless", "next_due", "sent", "write"]
