"""Rows of the ground floor: people and where they work, what they did, what they are told, and the mail."""

from workspaces.models.people import (
    SIDES,
    Committee,
    Deputy,
    Invitation,
    Membership,
    Organisation,
    Pair,
    People,
    Person,
    Seat,
    Workspace,
)
from workspaces.models.post import Mail, Mute, News, Preference
from workspaces.models.record import AuditEntry, AuditHead

__all__ = [
    "SIDES",
    "AuditEntry",
    "AuditHead",
    "Committee",
    "Deputy",
    "Invitation",
    "Mail",
    "Membership",
    "Mute",
    "News",
    "Organisation",
    "Pair",
    "People",
    "Person",
    "Preference",
    "Seat",
    "Workspace",
]
