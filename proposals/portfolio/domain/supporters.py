"""Who may stand beside a pair: a patient partner as third voice, a coach, or somebody who reads along."""

from collections.abc import Collection
from enum import StrEnum

from workspaces.domain.pairing import Side


class Role(StrEnum):
    """What a supporter is to the pair; who is several things counts as the first of them."""

    PATIENT_PARTNER = "patient_partner"
    COACH = "coach"
    READER = "reader"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def phrase(self) -> str:
        """As a sentence names it: there is one patient partner and one coach, and any number of readers."""
        return f"{'a' if self is Role.READER else 'the'} {self.label.lower()}"


def foremost(roles: Collection[str]) -> str:
    """The part that counts for somebody with several; empty for none."""
    return next((role.value for role in Role if role.value in roles), "")


def why_not_support(role: Role, *, name: str, side: Side, is_member: bool, is_half: bool) -> str:
    """The reason why somebody cannot take the role; empty if they can."""
    if not is_member:
        return f"{name} is not a member of this workspace."
    if is_half:
        return f"{name} is one of the pair already."
    if role is Role.PATIENT_PARTNER and side is not Side.PATIENT_PARTNER:
        return f"{name} did not join as a patient partner. Invite somebody who speaks for patients or carers."
    if role is Role.COACH and side is Side.PATIENT_PARTNER:
        return f"{name} speaks for patients and carers; a coach is a colleague."
    return ""
