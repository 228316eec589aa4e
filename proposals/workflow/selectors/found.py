"""“Has anyone tried this?”: what a person may see of earlier proposals that is like what they typed.

Titles and the reasons of endings are everybody's in the workspace. Text is searched only where the person may
read it: a draft by those who write or were invited, what was handed in also by the committee that has it.
"""

import json
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

from proposals.editing.models import FrozenVersion, Rendering
from proposals.portfolio.access import reads_handed_in, reads_text, seen_proposals
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Proposal
from proposals.review.models import Decision
from proposals.workflow.domain.finding import excerpt, least, words_in
from proposals.workflow.domain.turns import Turn
from proposals.workflow.selectors.board import LABELS, WITHDRAWN, turn_of
from proposals.workflow.selectors.points import points_of
from workspaces.models import Person

PAGE_LENGTH = 10
SIMILAR = 5
# A word that is met counts this much, and a little more for where it stands: 3, 2, 1.
MET = 100
MOST_TEXTS = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """One earlier proposal, where it stands or how it ended, and why."""

    proposal: Proposal
    group: str
    turn: Turn
    decision: Decision | None  # the newest
    excerpt: str  # of what was handed in, where the person may read it


@dataclass(frozen=True, slots=True)
class Finds:
    """A page of what was found, and the words that were looked for."""

    words: list[str]
    page: Page[Proposal]
    rows: list[Found]


def found_for(person: Person, typed: str, *, page: int | str = 1) -> Finds:
    """What the person may see that is like what they typed, the likest first; in at most seven queries."""
    words = words_in(typed)
    shown = Paginator(_like(person, words), PAGE_LENGTH).get_page(page)
    told = list(shown)
    points, decisions = points_of(told, person), _decisions(told)
    excerpts = _excerpts(person, told, words)
    rows = [
        Found(
            each,
            _group(each),
            turn_of(each, person, points[each.pk]),
            decisions.get(each.pk),
            excerpts.get(each.pk, ""),
        )
        for each in told
    ]
    return Finds(words, shown, rows)


def similar_to(person: Person, typed: str) -> list[tuple[Proposal, Turn]]:
    """The likest few, each with where it stands; for somebody who has begun to type a title."""
    told = list(_like(person, words_in(typed))[:SIMILAR])
    points = points_of(told, person)
    return [(each, turn_of(each, person, points[each.pk])) for each in told]


def _like(person: Person, words: list[str]) -> QuerySet[Proposal]:
    """Those that meet enough of the words; the more of them and the nearer to the title, the earlier."""
    if not words:
        return Proposal.objects.none()
    drafts, handed_in = _readable(person, reads_text(person)), _readable(person, reads_handed_in(person))
    score: CombinedExpression | Value = Value(0)
    for word in words:
        title = Q(title__icontains=word) | Q(reference__icontains=word)
        reasons = Q(withdrawn_reason__icontains=word) | Q(pk__in=_reasons(word))
        places = [When(title, then=MET + 3), When(reasons, then=MET + 2)]
        if handed_in:
            text = Q(pk__in=_drafts(word, drafts)) | Q(pk__in=_versions(word, handed_in))
            places.append(When(text, then=MET + 1))
        score += Case(*places, default=Value(0), output_field=IntegerField())
    found = seen_proposals(person).annotate(score=score).filter(score__gte=MET * least(words))
    return found.order_by("-score", F("changed_at").desc(), "-pk")


def _readable(person: Person, whose: Q) -> list[int]:
    """The newest proposals whose text the person may read; nothing older is searched word by word."""
    found = seen_proposals(person).filter(whose).order_by("-changed_at", "-pk")
    return list(found.values_list("pk", flat=True)[:MOST_TEXTS])


def _reasons(word: str) -> QuerySet[Decision, int]:
    return Decision.objects.filter(reasons__icontains=word).order_by().values_list("proposal", flat=True)


def _versions(word: str, proposals: list[int]) -> QuerySet[FrozenVersion, int]:
    found = FrozenVersion.objects.filter(
        document__proposal__in=proposals, closes=True, markdown__icontains=word
    )
    return found.values_list("document__proposal", flat=True)


def _drafts(word: str, proposals: list[int]) -> QuerySet[Rendering, int]:
    """What a draft said when it was last read; one database writes letters beyond ASCII as numbers."""
    written = json.dumps(word)[1:-1]
    said = Rendering.objects.filter(epoch__document__proposal__in=proposals)
    found = said.annotate(said=Cast("content", TextField())).filter(
        Q(said__icontains=word) | Q(said__icontains=written)
    )
    return found.values_list("epoch__document__proposal", flat=True)


def _decisions(proposals: list[Proposal]) -> dict[int, Decision]:
    """The newest of each; the older ones come first, so that it wins."""
    rows = Decision.objects.filter(proposal__in=proposals).select_related("committee").order_by("at", "pk")
    return {each.proposal_id: each for each in rows}


def _excerpts(person: Person, proposals: list[Proposal], words: list[str]) -> dict[int, str]:
    """Where the words stand in what was handed in, as far as the person may read it."""
    readable = Proposal.objects.filter(reads_handed_in(person), pk__in=[each.pk for each in proposals])
    rows = FrozenVersion.objects.filter(document__proposal__in=readable, closes=True).order_by(
        "made_at", "pk"
    )
    texts = rows.values_list("document__proposal", "markdown")
    return {proposal: said for proposal, text in texts if (said := excerpt(_body(text), words))}


def _body(markdown: str) -> str:
    """Without the title, which stands above it anyway."""
    first, _, rest = markdown.partition("\n")
    return rest if first.startswith("# ") else markdown


def _group(proposal: Proposal) -> str:
    gone = proposal.withdrawn_at is not None or proposal.status == Status.WITHDRAWN
    return LABELS[WITHDRAWN if gone else proposal.stage]
