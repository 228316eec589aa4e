"""What was handed in: the frozen text that a committee has before it."""

from proposals.portfolio.models import Proposal
from proposals.workflow.models import Submission


def submission_of(proposal: Proposal) -> Submission | None:
    """The newest text that the pair has handed in, with its version and who did it."""
    found = Submission.objects.filter(proposal=proposal)
    return found.select_related("version__document", "by").first()
