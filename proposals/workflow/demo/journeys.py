"""The lives of the demo's proposals, all of them told together in the order of their days.

Each file beside this one says when its proposal began, in days before today, and what happened since
(`journey`, deed by deed). Nothing is written that the services would not write.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from proposals.portfolio.models import Proposal
from proposals.workflow.demo.cast import people
from proposals.workflow.demo.clock import Clock
from proposals.workflow.demo.deeds import DEEDS, Step
from proposals.workflow.demo.stories import Story, begin, listed, number, stories
from workspaces.models import News, Workspace

BEGIN: Step = {"deed": "begin"}
LONG_AGO = 1100
# What people were told before that, they have read.
READ_AFTER = timedelta(days=6)


def tell_all() -> list[str]:
    """Make every proposal that is not there yet, and let it come to where it stands; their references."""
    clock = Clock()
    # Whoever decides had their seat before there was anything to decide on.
    with clock.on(LONG_AGO):
        workspace = people()
    known = set(Proposal.objects.values_list("reference", flat=True))
    new = [story for story in stories() if story["reference"] not in known]
    steps = [(ago, story, step) for story in new for ago, step in _life(story)]
    for ago, story, step in sorted(steps, key=lambda each: -each[0]):
        with clock.on(ago):
            _do(story, step, workspace)
    references = [str(story["reference"]) for story in new]
    for reference in references:
        _settle_news(reference)
    return references


def _life(story: Story) -> Iterator[tuple[int, Step]]:
    """The beginning and every deed, each with its day."""
    yield number(story, "began"), BEGIN
    for step in listed(story, "journey"):
        yield number(step, "ago"), step


def _do(story: Story, step: Step, workspace: Workspace) -> None:
    if step is BEGIN:
        begin(story, workspace)
        return
    proposal = Proposal.objects.select_related("workspace").get(reference=story["reference"])
    DEEDS[str(step["deed"])](proposal, story, step)


def _settle_news(reference: str) -> None:
    """What people were told bears the number of before; and nobody is mailed today what happened long ago."""
    proposal = Proposal.objects.get(reference=reference)
    told = News.objects.filter(proposal=proposal.pk)
    told.update(url=reverse("proposal", args=[reference]), pending=False)
    told.filter(at__lt=timezone.now() - READ_AFTER, read_at=None).update(read_at=F("at"))
