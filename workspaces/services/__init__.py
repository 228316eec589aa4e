"""What people may do about people: each deed in one atomic block, with its record and its hints."""

from workspaces.services.accounts import changed_by_administration, password_changed, signed_out
from workspaces.services.committees import seat, unseat
from workspaces.services.deputies import appoint_deputy, end_deputyship
from workspaces.services.invitations import accept_invitation, invite, join_by_invitation, revoke_invitation
from workspaces.services.memberships import end_membership
from workspaces.services.news import (
    prefer,
    read_about,
    read_news,
    reword,
    stop_mail,
    take_back,
    tell,
    tell_each,
)
from workspaces.services.pairs import accept_pair, decline_pair, end_pair, lapse_pair, pair_up

__all__ = [
    "accept_invitation",
    "accept_pair",
    "appoint_deputy",
    "changed_by_administration",
    "decline_pair",
    "end_deputyship",
    "end_membership",
    "end_pair",
    "invite",
    "join_by_invitation",
    "lapse_pair",
    "pair_up",
    "password_changed",
    "prefer",
    "read_about",
    "read_news",
    "revoke_invitation",
    "reword",
    "seat",
    "signed_out",
    "stop_mail",
    "take_back",
    "tell",
    "tell_each",
    "unseat",
]
