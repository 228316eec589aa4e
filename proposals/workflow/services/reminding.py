"""What people are told because time or the text has gone on: conditions, and signatures that have lapsed.

What was told is itself the row that says so: each is told once.
"""

from datetime import date

from django.urls import reverse

from proposals.portfolio.models import Proposal
from proposals.review.models import Condition
from proposals.workflow.models import SignOff
from proposals.workflow.selectors.calendar import LATE_TOLD, SOON_TOLD, told_of
from proposals.workflow.selectors.texts import text_of
from proposals.workflow.services.handing import desk_of
from proposals.workflow.services.moving import halves, locked
from workspaces.domain.news import Kind, Piece
from workspaces.services import tell


def tell_of_condition(pk: int, today: date) -> bool:
    """Its owner, and the secretary and the chair of the committee that set it: once near its day, once past
    it. Nobody else."""
    parts = ("decision__proposal", "decision__committee", "owner")
    row = Condition.objects.select_for_update(of=("self",)).select_related(*parts).get(pk=pk)
    late = row.due < today
    part = LATE_TOLD if late else SOON_TOLD
    target, proposal = f"condition:{row.pk}", row.decision.proposal
    if row.discharged_at is not None or told_of(target, part):
        return False
    when = f"was due on {row.due:%-d %B %Y}" if late else f"is due on {row.due:%-d %B %Y}"
    piece = Piece(
        kind=Kind.ASSIGNMENT,
        headline=f"Condition {row.number} of “{proposal.title}” {when}",
        text=row.text,
        url=reverse("proposal", args=[proposal.reference]),
        proposal=proposal.pk,
        target=target,
        part=part,
    )
    desk = set(desk_of(row.decision.committee).values_list("person", flat=True))
    tell(desk | {row.owner_id}, piece, by=None)
    return True


def tell_of_signatures(pk: int, _today: date) -> bool:
    """Both halves, once for each signature that no longer stands under what is written."""
    proposal = locked(Proposal(pk=pk))
    text = text_of(proposal)
    if text is None or not text.readable:
        return False
    newest: dict[int, SignOff] = {}
    for sign in SignOff.objects.filter(document=text.document, by__in=halves(proposal)).select_related("by"):
        newest[sign.by_id] = sign
    lapsed = [sign for sign in newest.values() if sign.sha256 != text.sha256]
    fresh = [sign for sign in lapsed if not told_of(f"signature:{sign.pk}", 0)]
    for sign in fresh:
        piece = Piece(
            kind=Kind.SIGNATURE,
            headline=f"The text of “{proposal.title}” has changed, so {sign.by.name}'s signature has lapsed",
            url=reverse("sign_off", args=[proposal.reference]),
            proposal=proposal.pk,
            draft=True,
            target=f"signature:{sign.pk}",
        )
        tell(halves(proposal), piece, by=None)
    return bool(fresh)
