"""The sides people stand on, what makes a pair, and who may answer for which half of it.

Each `why_not_…` gives the sentence that explains a refusal, or an empty string when nothing is in the way.
"""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which half of the conversation a member speaks for."""

    CLINICIAN = "clinician"
    MANAGER = "manager"
    PATIENT_PARTNER = "patient_partner"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"patient_partner": "Patient partner", "other": "Other colleague"}.get(
            self.value, self.value.title()
        )


PAIR_SIDES = (Side.CLINICIAN, Side.MANAGER)


@dataclass(frozen=True)
class Member:
    """A person's place in a workspace, as far as the rules need it."""

    person: int
    name: str
    workspace: int
    side: Side
    is_open: bool = True


@dataclass(frozen=True)
class Halves:
    """The two halves of a pair, who has accepted so far, and whether it is over."""

    clinician: Member
    manager: Member
    accepted: frozenset[Side] = frozenset()
    ended: bool = False

    @property
    def stands(self) -> bool:
        return self.accepted >= set(PAIR_SIDES) and not self.ended

    def half(self, side: Side) -> Member | None:
        return {Side.CLINICIAN: self.clinician, Side.MANAGER: self.manager}.get(side)

    def side_of(self, person: int) -> Side | None:
        """The half this person is, if either."""
        return next(
            (side for side in PAIR_SIDES if (half := self.half(side)) and half.person == person), None
        )

    def missing(self) -> list[Member]:
        """Who has yet to accept."""
        return [half for side in PAIR_SIDES if side not in self.accepted and (half := self.half(side))]


def why_not_pair(clinician: Member, manager: Member) -> str:
    """One clinician and one manager, two people, both members of the same workspace today."""
    if clinician.person == manager.person:
        return "A pair is two different people."
    if clinician.workspace != manager.workspace:
        return f"{clinician.name} and {manager.name} are not in the same workspace."
    for half, side in ((clinician, Side.CLINICIAN), (manager, Side.MANAGER)):
        if not half.is_open:
            return f"{half.name} is no longer a member of this workspace."
        if half.side is not side:
            return (
                f"{half.name} is not a {side.value} in this workspace. "
                "A pair is one clinician and one manager."
            )
    return ""


def why_not_accept(pair: Halves, person: int) -> str:
    """Each half answers for itself, while the pair is still on offer."""
    side = pair.side_of(person)
    if side is None:
        return (
            f"Only {pair.clinician.name} and {pair.manager.name} can accept this pair, each for themselves."
        )
    half = pair.half(side)
    if half is None or not half.is_open:
        return "You are no longer a member of this workspace."
    if pair.ended:
        return "This pair has ended. Propose a new one to write together."
    return ""


def why_not_decline(pair: Halves, person: int) -> str:
    """Either half may say no, or take the offer back, until both have accepted."""
    if pair.side_of(person) is None:
        return f"Only {pair.clinician.name} and {pair.manager.name} can decline this pair."
    if pair.ended:
        return "This pair has already ended."
    if pair.stands:
        return "You have both accepted, so there is nothing to decline. You can end the pair instead."
    return ""


def why_not_end(pair: Halves, person: int) -> str:
    """Either half may leave; neither needs the other's leave to do so."""
    if pair.side_of(person) is None:
        return f"Only {pair.clinician.name} and {pair.manager.name} can end this pair."
    return ""
