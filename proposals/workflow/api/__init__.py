"""JSON about proposals: the list, one of them, what its next move needs; and the page about them."""

from proposals.workflow.api.proposals import ProposalsView, ProposalView
from proposals.workflow.api.schema import docs, schema
from proposals.workflow.api.similar import SimilarProposalsView
from proposals.workflow.api.verdicts import VerdictView

__all__ = ["ProposalView", "ProposalsView", "SimilarProposalsView", "VerdictView", "docs", "schema"]
