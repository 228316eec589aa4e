"""What people do in the margin, and what the server does when the text beside it moves."""

from proposals.comments.services.anchoring import WRITTEN_ON, TextChanged
from proposals.comments.services.contributions import (
    delete_comment,
    edit_comment,
    mark_read,
    refuse_unless_own,
    reply,
)
from proposals.comments.services.looking import look_again
from proposals.comments.services.moderating import NO_REASON, hide_comment, may_moderate, show_comment
from proposals.comments.services.threads import (
    Draft,
    bring_up,
    change_thread,
    open_thread,
    reattach,
    reopen,
    resolve,
)

__all__ = [
    "NO_REASON",
    "WRITTEN_ON",
    "Draft",
    "TextChanged",
    "bring_up",
    "change_thread",
    "delete_comment",
    "edit_comment",
    "hide_comment",
    "look_again",
    "mark_read",
    "may_moderate",
    "open_thread",
    "reattach",
    "refuse_unless_own",
    "reopen",
    "reply",
    "resolve",
    "show_comment",
]
