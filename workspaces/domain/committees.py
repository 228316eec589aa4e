"""Who gives and takes seats on a committee, and who can hold one."""

from dataclasses import dataclass

ROLES = {"chair": "Chair", "secretary": "Secretary", "member": "Member"}


@dataclass(frozen=True, slots=True)
class Seating:
    """Somebody is to get a seat: who, as what, by whom, and what is so already."""

    name: str
    role: str
    by_keeper: bool  # whoever gives it looks after a workspace of the organisation, or after coprod itself
    own: bool
    in_organisation: bool
    has_seat: bool = False
    chair: str = ""  # who has the chair now; empty: nobody


def why_not_seat(seating: Seating) -> str:
    """Seats are given by others, to people of the organisation, one each, and there is one chair."""
    return next((reason for stands, reason in _obstacles(seating) if stands), "")


def _obstacles(seating: Seating) -> list[tuple[bool, str]]:
    name = seating.name
    return [
        (
            not seating.by_keeper,
            "Only people who look after a workspace of this organisation give seats on its committees.",
        ),
        (
            seating.own,
            "Nobody gives a seat to themselves. Ask somebody else who looks after a workspace here.",
        ),
        (
            not seating.in_organisation,
            f"{name} is not a member of any workspace of this organisation. Invite them first.",
        ),
        (seating.has_seat, f"{name} has a seat on this committee already. End it before giving another."),
        (
            seating.role == "chair" and seating.chair != "",
            f"{seating.chair} has the chair. End that seat before giving it to somebody else.",
        ),
        (seating.role not in ROLES, "Choose chair, secretary or member."),
    ]


def why_not_unseat(*, own: bool, by_keeper: bool) -> str:
    """People give up their own seat, or are seen off by whoever gives seats."""
    if own or by_keeper:
        return ""
    return "Only people who look after a workspace of this organisation end somebody else's seat."
