"""Who a person is to a proposal, and what is asked about the proposal: what abilities are decided from."""

from dataclasses import dataclass

from workspaces.domain.pairing import Side


@dataclass(frozen=True, slots=True)
class Standing:
    """Who a person is to a proposal today."""

    side: Side
    half: Side | None = None
    is_deputy: bool = False
    supporter: str = ""
    is_member: bool = True
    # On the committee that the proposal was submitted to: chair, secretary or member.
    seat: str = ""
    is_admin: bool = False  # of the workspace
    # One of the two who decide on a small test together.
    is_lead: bool = False
    # In the chair of the committee above the one that has the proposal.
    is_above: bool = False

    @property
    def is_half(self) -> bool:
        """One of the two people of the pair itself, not somebody standing in."""
        return self.half is not None and not self.is_deputy

    @property
    def has_part(self) -> bool:
        """One of the pair, standing in for one, or asked in by them."""
        return self.half is not None or self.supporter != "" or self.is_lead


ENDINGS = {"adopted", "abandoned", "declined", "withdrawn", "archived"}
STRANGER = Standing(side=Side.OTHER, is_member=False)


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What the table needs to know about a proposal, and about the document at hand."""

    waiting: frozenset[Side] = frozenset()
    waiting_names: str = ""
    hosts: str = ""  # who can invite readers today
    pair_ended: bool = False
    withdrawn: bool = False
    is_current_stage: bool = True
    status: str = "drafting"
    submitted: bool = False  # once at least, to the committee it has now

    @property
    def stands(self) -> bool:
        return not self.waiting and not self.pair_ended
