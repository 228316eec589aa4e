"""The two who decide on a small test together: who can be one, and until when they can change."""

from workspaces.domain.pairing import PAIR_SIDES, Side


def title_of(side: Side) -> str:
    """What each of them is called, as a sentence names it."""
    return "clinical lead" if side is Side.CLINICIAN else "line manager"


def why_not_lead(*, name: str, side: Side, wanted: Side, is_member: bool, is_author: bool) -> str:
    """The reason why somebody cannot decide on this test; empty if they can. `wanted`: the place to fill."""
    if not is_member:
        return f"{name} is not a member of this workspace."
    if wanted not in PAIR_SIDES or side is not wanted:
        return (
            f"{name} is not a {wanted.label.lower()} in this workspace, so they cannot be {title_of(wanted)}."
        )
    if is_author:
        return f"{name} has written in this proposal, and nobody decides on their own work."
    return ""


def why_not_replace(name: str, *, wanted: Side, has_begun: bool) -> str:
    """Whoever let the test begin sees it through; a place that has fallen empty is filled at any time."""
    if not has_begun:
        return ""
    return f"The test has begun, so {name} stays {title_of(wanted)}."
