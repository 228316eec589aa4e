"""Who may stand beside a pair: a patient partner as third voice, or a coach."""

from enum import StrEnum

from workspaces.domain.pairing import Side


class Role(StrEnum):
    """What a supporter is to the pair."""

    PATIENT_PARTNER = "patient_partner"
    COACH = "coach"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


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
