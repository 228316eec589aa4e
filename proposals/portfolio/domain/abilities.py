"""Who may do what to a proposal: one table. An ability lists requirements; each can say why it is not met."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from proposals.portfolio.domain.standing import ENDINGS, STRANGER, ProposalFacts, Standing
from workspaces.domain.pairing import Side

__all__ = ["STRANGER", "Ability", "Grant", "ProposalFacts", "Standing", "decide"]


class Ability(StrEnum):
    """A named thing a person may do to a proposal or its document."""

    VIEW = "view"
    READ = "read"
    EDIT = "edit"
    COMMENT = "comment"
    RENAME = "rename"
    ACCEPT = "accept"
    APPOINT_DEPUTY = "appoint_deputy"
    WITHDRAW = "withdraw"
    ADD_SUPPORTER = "add_supporter"
    PAIR_AGAIN = "pair_again"
    READ_VERSION = "read_version"
    COMMENT_VERSION = "comment_version"
    MODERATE = "moderate"
    CONFIRM = "confirm"
    SIGN = "sign"
    SUBMIT = "submit"
    SCREEN = "screen"
    SCHEDULE = "schedule"
    DECIDE = "decide"
    IMPLEMENT = "implement"
    RESUME = "resume"
    NAME_LEADS = "name_leads"
    LEAD = "lead"
    ASK_AGAIN = "ask_again"
    RECONSIDER = "reconsider"


@dataclass(frozen=True, slots=True)
class Grant:
    """Whether an ability is given, and if not, the sentence that says why."""

    allowed: bool
    reason: str = ""


# A requirement answers with an empty string when it is met, else with the reason.
Requirement = Callable[[Standing, ProposalFacts], str]


def looks_again(standing: Standing, facts: ProposalFacts) -> bool:
    """What a committee has declined can be put before the chair of the one above."""
    return standing.is_above and facts.submitted and facts.status == "declined"


def member(standing: Standing, facts: ProposalFacts) -> str:
    on_committee = (standing.seat != "" and facts.submitted) or looks_again(standing, facts)
    return (
        "" if standing.is_member or on_committee else "Only members of this workspace can see its proposals."
    )


def in_sight(standing: Standing, _facts: ProposalFacts) -> str:
    if standing.side is not Side.PATIENT_PARTNER or standing.has_part:
        return ""
    return "Patient partners see the proposals to which a pair has invited them."


def invited(standing: Standing, facts: ProposalFacts) -> str:
    if standing.has_part:
        return ""
    ask = f" Ask {facts.hosts} to add you." if facts.hosts else ""
    return f"Drafts are seen only by the pair and the people they invite.{ask}"


def not_withdrawn(_standing: Standing, facts: ProposalFacts) -> str:
    return "This proposal has been withdrawn. It is not changed any more." if facts.withdrawn else ""


def still_open(_standing: Standing, facts: ProposalFacts) -> str:
    return "This proposal is closed. What was written stays." if facts.status in ENDINGS else ""


def pair_lasts(_standing: Standing, facts: ProposalFacts) -> str:
    return (
        "This pair has ended, so nobody writes here now. What was written stays." if facts.pair_ended else ""
    )


def pair_stands(standing: Standing, facts: ProposalFacts) -> str:
    if facts.pair_ended or not facts.waiting:
        return pair_lasts(standing, facts)
    if standing.is_half and standing.half in facts.waiting:
        return "You have been asked to write this with a colleague. Writing opens when you accept."
    return f"Waiting for {facts.waiting_names} to accept. Writing opens when you are both in."


def writer(standing: Standing, _facts: ProposalFacts) -> str:
    if standing.half or standing.supporter == "patient_partner":
        return ""
    who = "Only the pair, their deputies and their patient partner write here."
    return f"{who} You can read it and comment."


def current_stage(_standing: Standing, facts: ProposalFacts) -> str:
    return (
        ""
        if facts.is_current_stage
        else "The proposal has moved on from this stage. Its text is kept to read."
    )


def being_written(_standing: Standing, facts: ProposalFacts) -> str:
    if facts.status == "drafting":
        return ""
    if facts.status in {"submitted", "screened", "scheduled", "in_review"}:
        return "This text has been handed in, so it stays as it is until the committee has decided."
    if facts.status in {"testing", "mobilising", "live", "paused"}:
        return "The change itself is under way. The next text to write is its evaluation."
    return "This proposal has come to its end. What was written can be read."


def reads_versions(standing: Standing, facts: ProposalFacts) -> str:
    """A committee reads what was submitted to it, and never the draft."""
    reads = (standing.seat != "" and facts.submitted) or looks_again(standing, facts)
    return "" if reads else invited(standing, facts)


def moderator(standing: Standing, facts: ProposalFacts) -> str:
    """Somebody who can read it anyway and does not write here: no pair hides what it is told."""
    desk = standing.seat in {"chair", "secretary"} and facts.submitted
    if standing.half is None and (standing.is_admin or desk):
        return ""
    return "Only an administrator of the workspace, or the chair or secretary of the committee, does this."


def not_own_work(standing: Standing, _facts: ProposalFacts) -> str:
    return (
        "You have a part in this proposal, so others of the committee deal with it."
        if standing.has_part
        else ""
    )


def on_committee(standing: Standing, facts: ProposalFacts) -> str:
    return (
        "" if standing.seat and facts.submitted else "Only the committee that it was submitted to does this."
    )


def secretary(standing: Standing, facts: ProposalFacts) -> str:
    return on_committee(standing, facts) or (
        "" if standing.seat == "secretary" else "Only the secretary of the committee does this."
    )


def chair_or_secretary(standing: Standing, facts: ProposalFacts) -> str:
    return on_committee(standing, facts) or (
        "" if standing.seat in {"chair", "secretary"} else "The chair decides, and the secretary records it."
    )


def chair(standing: Standing, facts: ProposalFacts) -> str:
    return on_committee(standing, facts) or (
        "" if standing.seat == "chair" else "Only the chair of the committee lets it go on."
    )


def declined(_standing: Standing, facts: ProposalFacts) -> str:
    return "" if facts.status == "declined" else "Only what a committee has declined is looked at again."


def chair_above(standing: Standing, facts: ProposalFacts) -> str:
    return (
        ""
        if looks_again(standing, facts)
        else "Only the chair of the committee above decides whether it is looked at again."
    )


def joint_lead(standing: Standing, _facts: ProposalFacts) -> str:
    return (
        ""
        if standing.is_lead and standing.half is None
        else "Only the clinical lead and the line manager whom the pair has named decide on this."
    )


def half(standing: Standing, _facts: ProposalFacts) -> str:
    return "" if standing.is_half else "Only the clinician and the manager of the pair can do this."


def half_who_accepted(standing: Standing, facts: ProposalFacts) -> str:
    if standing.is_half and standing.half in facts.waiting:
        return "You can do this once you have accepted the pair."
    return half(standing, facts)


def invited_half(standing: Standing, facts: ProposalFacts) -> str:
    if standing.is_half and standing.half in facts.waiting:
        return ""
    if facts.waiting:
        return f"Only {facts.waiting_names} can accept."
    return "Both have accepted already."


def pair_is_over(_standing: Standing, facts: ProposalFacts) -> str:
    return "" if facts.pair_ended else "This pair has not ended. Another can begin only when it has."


# The page of a proposal is for the workspace, its text for the pair and whom they invite: people will not
# think aloud in front of a committee.
SEES = (member, in_sight)
READS = (*SEES, invited)

TABLE: dict[Ability, tuple[Requirement, ...]] = {
    Ability.VIEW: SEES,
    Ability.READ: READS,
    Ability.COMMENT: (*READS, not_withdrawn),
    Ability.EDIT: (*READS, not_withdrawn, writer, pair_stands, current_stage, being_written),
    Ability.RENAME: (*SEES, not_withdrawn, still_open, half_who_accepted, pair_lasts),
    Ability.ACCEPT: (*SEES, not_withdrawn, still_open, pair_lasts, invited_half),
    Ability.APPOINT_DEPUTY: (*SEES, not_withdrawn, still_open, half_who_accepted, pair_stands),
    # Also of what is closed: colleagues may learn from it.
    Ability.ADD_SUPPORTER: (*SEES, not_withdrawn, half_who_accepted, pair_lasts),
    # Also when the pair has ended: otherwise such a proposal could never be put away.
    Ability.WITHDRAW: (*SEES, not_withdrawn, still_open, half_who_accepted),
    Ability.READ_VERSION: (*SEES, reads_versions),
    Ability.COMMENT_VERSION: (*SEES, reads_versions, not_withdrawn),
    # Also after a withdrawal: what was said can still be read.
    Ability.MODERATE: (*SEES, reads_versions, moderator),
    Ability.CONFIRM: (*READS, not_withdrawn, half_who_accepted, pair_stands, current_stage, being_written),
    Ability.SIGN: (*READS, not_withdrawn, half_who_accepted, pair_stands, current_stage, being_written),
    Ability.SUBMIT: (*READS, not_withdrawn, half_who_accepted, pair_stands, current_stage, being_written),
    Ability.SCREEN: (*SEES, not_withdrawn, not_own_work, secretary),
    Ability.SCHEDULE: (*SEES, not_withdrawn, not_own_work, secretary),
    Ability.DECIDE: (*SEES, not_withdrawn, not_own_work, chair_or_secretary),
    Ability.IMPLEMENT: (*SEES, not_withdrawn, still_open, half_who_accepted, pair_stands),
    Ability.RESUME: (*SEES, not_withdrawn, not_own_work, chair),
    Ability.NAME_LEADS: (*SEES, not_withdrawn, still_open, half_who_accepted, pair_stands),
    Ability.LEAD: (*READS, not_withdrawn, still_open, joint_lead),
    Ability.ASK_AGAIN: (*SEES, not_withdrawn, declined, half_who_accepted),
    Ability.RECONSIDER: (*SEES, not_withdrawn, declined, not_own_work, chair_above),
    Ability.PAIR_AGAIN: (*SEES, not_withdrawn, still_open, half_who_accepted, pair_is_over),
}


def decide(standing: Standing, facts: ProposalFacts) -> dict[Ability, Grant]:
    """Answer every ability at once; the first requirement that is not met gives the reason."""
    return {ability: _grant(requirements, standing, facts) for ability, requirements in TABLE.items()}


def _grant(requirements: tuple[Requirement, ...], standing: Standing, facts: ProposalFacts) -> Grant:
    for requirement in requirements:
        if reason := requirement(standing, facts):
            return Grant(allowed=False, reason=reason)
    return Grant(allowed=True)
