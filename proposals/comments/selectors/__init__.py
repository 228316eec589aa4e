"""Reads about the margin and the people in it."""

from proposals.comments.selectors.people import (
    drafts_for,
    drafts_of,
    names_for,
    others_in,
    readers_of,
    unread_of,
    versions_for,
)
from proposals.comments.selectors.threads import (
    HEAVY,
    PARTS,
    Margin,
    Wanted,
    comment_of,
    facts_of,
    has_left,
    is_for_committee,
    margin_of,
    reads_draft,
    sides_of,
    threads_of,
    with_unread,
)
from proposals.comments.selectors.waiting import open_blocking, unanswered_requests, unsettled

__all__ = [
    "HEAVY",
    "PARTS",
    "Margin",
    "Wanted",
    "comment_of",
    "drafts_for",
    "drafts_of",
    "facts_of",
    "has_left",
    "is_for_committee",
    "margin_of",
    "names_for",
    "open_blocking",
    "others_in",
    "readers_of",
    "reads_draft",
    "sides_of",
    "threads_of",
    "unanswered_requests",
    "unread_of",
    "unsettled",
    "versions_for",
    "with_unread",
]
