"""Whose turn it is with a proposal, in words for whoever reads it."""

from dataclasses import dataclass

from workspaces.domain.pairing import Halves, Member


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes next, and whether it waits for the reader."""

    sentence: str
    is_mine: bool = False


def turn(halves: Halves, *, reader: int, withdrawn: bool = False, writes: bool = False) -> Turn:
    """Who is to act: the half that has not accepted, else both. `writes`: the reader may write as well."""
    if withdrawn:
        return Turn("Withdrawn")
    own = halves.side_of(reader)
    if halves.ended:
        return _after_the_end(halves, own_accepted=own is not None and own in halves.accepted)
    if missing := halves.missing():
        return _before_both_accept(halves, missing, reader)
    names = (halves.clinician, halves.manager)
    if own is not None:
        other = next(half for half in names if half.person != reader)
        return Turn(f"You and {other.name} are writing", is_mine=True)
    sentence = " and ".join(half.name for half in names)
    return Turn(f"{sentence} are writing" + (", and so can you" if writes else ""), is_mine=writes)


def said_once(turn: Turn, reason: str) -> list[str]:
    """The turn and why the reader does not write; a reason that begins with the turn is enough."""
    return [reason] if reason.startswith(turn.sentence) else [f"{turn.sentence}.", reason]


def _before_both_accept(halves: Halves, missing: list[Member], reader: int) -> Turn:
    if any(half.person == reader for half in missing):
        other = next(half for half in (halves.clinician, halves.manager) if half.person != reader)
        return Turn(f"{other.name} asks you to write this together", is_mine=True)
    return Turn(f"Waiting for {' and '.join(half.name for half in missing)} to accept")


def _after_the_end(halves: Halves, *, own_accepted: bool) -> Turn:
    if own_accepted:
        return Turn("The pair has ended. You can ask another colleague", is_mine=True)
    return Turn(f"The pair of {halves.clinician.name} and {halves.manager.name} has ended")
