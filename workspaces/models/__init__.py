"""Rows of the ground floor: people and where they work, what they are told, and the mail that goes out."""

from workspaces.models.people import (
    SIDES,
    AuditEntry,
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

__all__ = [
    "SIDES",
    "AuditEntry",
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
