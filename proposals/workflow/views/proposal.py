"""The board, and the page of a proposal."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from proposals.comments.selectors import unread_of
from proposals.editing.models import FrozenVersion
from proposals.portfolio.access import SignedIn, abilities_for, proposal_for
from proposals.portfolio.domain.abilities import Ability, Grant
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Proposal
from proposals.portfolio.selectors import places_of, supporters_of
from proposals.portfolio.standing import standing_of
from proposals.review.selectors import decisions_of
from proposals.workflow import selectors
from proposals.workflow.domain.moves import Move
from proposals.workflow.domain.steps import steps
from proposals.workflow.domain.turns import Turn, said_once, turn
from proposals.workflow.domain.waits import MEANWHILE
from proposals.workflow.models import Consent
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.models import Deputy, Person
from workspaces.selectors import as_halves, deputies_of, ending_of

# The move that comes next -> who may make it, on which page, and what the link says.
DOORS = {
    Move.SIGN: (Ability.SIGN, "sign_off", "Confirm and sign"),
    Move.SUBMIT: (Ability.SUBMIT, "submission", "Hand it in"),
    Move.SCREEN: (Ability.SCREEN, "screening", "Take it in or send it back"),
    Move.SCHEDULE: (Ability.SCHEDULE, "schedule", "Give it a day"),
    Move.DECIDE: (Ability.DECIDE, "decision", "Record the decision"),
    Move.SEND_PAPERS: (Ability.SCHEDULE, "papers", "Send the papers"),
    Move.TEST: (Ability.LEAD, "test_start", "Decide on the test"),
    Move.CONCLUDE: (Ability.LEAD, "conclusion", "Decide on what the test has shown"),
    Move.GO_LIVE: (Ability.IMPLEMENT, "go_live", "Say that it is live"),
    Move.EVALUATE: (Ability.IMPLEMENT, "evaluation_start", "Begin the evaluation"),
    Move.RESUME: (Ability.RESUME, "resumption", "Let it go on"),
    Move.PAUSE: (Ability.IMPLEMENT, "pause", "Pause it"),
}
# Moves that can be made as well as the one that comes next, by where the proposal stands.
BESIDE = {Status.LIVE: Move.PAUSE, Status.PAUSED: Move.EVALUATE}

# On the page at once; what is older is folded.
RECENT_DAYS, FEWEST_FOLDED = 4, 4


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the pair as the page shows it."""

    side: str
    name: str
    title: str
    state: str
    waiting: bool
    note: str


@require_safe
def board(request: SignedIn) -> HttpResponse:
    """What waits for me, then everything else in my workspaces."""
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in ("words", "stage")}
    places = list(places_of(request.user))
    found = selectors.board_of(request.user, **asked, page=request.GET.get("page", 1))
    facts = {
        "places": places,
        "several": len(places) > 1,
        "board": found,
        "pages": _pages(found),
        "can_begin": any(place.side in PAIR_SIDES for place in places),
    }
    return render(request, "workflow/board.html", facts)


def _pages(board: selectors.Board) -> dict[str, object]:
    """Links to the page before and the page after, in the words of the NHS pagination."""
    number, total = board.page.number, board.page.paginator.num_pages
    links: dict[str, object] = {}
    for name, wanted in (("previous", number - 1), ("next", number + 1)):
        if 1 <= wanted <= total:
            kept = {"words": board.words, "stage": board.shelf.key if board.shelf else ""}
            query = urlencode({name: value for name, value in kept.items() if value} | {"page": wanted})
            links[name] = {"labelText": f"{wanted} of {total}", "href": f"?{query}"}
    return links


@require_safe
def proposal(request: SignedIn, reference: str) -> HttpResponse:
    """Where a proposal stands, who is in it, what one can do and what has happened."""
    found = proposal_for(request.user, reference)
    standing = standing_of(request.user, found)
    grants = abilities_for(request.user, found)
    deputies = list(deputies_of(found.pair))
    edit = grants[Ability.EDIT]
    comes_next = _turn(found, request.user, writes=edit.allowed)
    texts = _texts(found, writes=edit.allowed) if grants[Ability.READ].allowed else {}
    stage = selectors.reached(found)
    skips = {Stage.BUSINESS_CASE} if found.route == Route.TEST and stage != Stage.BUSINESS_CASE else set()
    ended = Status(found.status).label if found.stage == Stage.CLOSED else ""
    facts = {
        "proposal": found,
        "closed": found.stage == Stage.CLOSED or found.withdrawn_at is not None,
        "stage": stage,
        "steps": steps(stage, links=texts, note=ended, skips=skips),
        "text": texts.get(stage, ""),
        "comments": unread_of(request.user, [found]).get(found.pk, 0),
        "action": f"Write the {stage.label.lower()}",
        "halves": [_half(found, side, deputies) for side in PAIR_SIDES],
        "turn": comes_next,
        "sentences": said_once(comes_next, edit.reason),
        "meanwhile": MEANWHILE.get(Status(found.status), ""),
        "supporters": supporters_of(found),
        "can": {ability.value: grant for ability, grant in grants.items()},
        "ending": ending_of(found.pair) if found.pair.ended_at and standing.is_half else None,
        "decisions": decisions_of(found),
        "leads": selectors.leads_of(found),
        "again": selectors.last_day_to_ask(found) if grants[Ability.ASK_AGAIN].allowed else None,
        "asked": _asked(found, request.user) if grants[Ability.WITHDRAW].allowed else None,
        "handed_in": _handed_in(found) if grants[Ability.READ_VERSION].allowed else None,
        **_history(found, reader_is_half=standing.is_half),
    }
    return render(request, "workflow/proposal.html", facts | _gate(found, grants))


def _turn(proposal: Proposal, person: Person, *, writes: bool) -> Turn:
    """Whose turn it is; where a half has not accepted, in the words that the reason for it begins with."""
    halves = as_halves(proposal.pair)
    if proposal.status == Status.DRAFTING and not halves.stands:
        return turn(halves, reader=person.pk, withdrawn=proposal.withdrawn_at is not None, writes=writes)
    point = selectors.points_of([proposal], person)[proposal.pk]
    return selectors.turn_of(proposal, person, point, writes=writes)


def _history(proposal: Proposal, *, reader_is_half: bool) -> dict[str, list[selectors.Entry]]:
    """What happened on the last few days, and before."""
    entries = selectors.history_of(proposal, reader_is_half=reader_is_half)
    days = list(dict.fromkeys(entry.day for entry in entries))[:RECENT_DAYS]
    recent = [entry for entry in entries if entry.day in days]
    # A fold for one or two lines hides more than it saves.
    if len(entries) - len(recent) < FEWEST_FOLDED:
        recent = entries
    return {"entries": recent, "earlier": entries[len(recent) :]}


def _asked(proposal: Proposal, person: Person) -> Consent | None:
    """The other half's wish to put it away, which waits for this one's answer."""
    waiting = selectors.consents_to(proposal, Move.WITHDRAW)
    return next((each for each in waiting if each.by != person), None)


def _handed_in(proposal: Proposal) -> FrozenVersion | None:
    """The frozen text, for a committee that may not read what is being written."""
    submission = selectors.submission_of(proposal)
    return submission.version if submission else None


def _gate(proposal: Proposal, grants: dict[Ability, Grant]) -> dict[str, object]:
    """What the next move still needs, for whoever may know; and where it is made."""
    secretary = grants[Ability.SCREEN].allowed or grants[Ability.DECIDE].allowed
    if proposal.withdrawn_at or not (grants[Ability.READ].allowed or secretary):
        return {}
    verdict = selectors.verdict_of(proposal)
    if verdict is None or verdict.move not in DOORS:
        return {}
    moves = [verdict.move, BESIDE.get(Status(proposal.status))]
    return {"verdict": verdict, "doors": [door for move in moves if (door := _door(proposal, move, grants))]}


def _door(proposal: Proposal, move: Move | None, grants: dict[Ability, Grant]) -> dict[str, str] | None:
    if move is None:
        return None
    ability, name, words = DOORS[move]
    here = {"href": reverse(name, args=[proposal.reference]), "words": words}
    return here if grants[ability].allowed else None


def _texts(proposal: Proposal, *, writes: bool) -> dict[str, str]:
    """Where each stage's text is: the editor for whoever may write the current one, else the page to read."""
    links = {}
    for stage in proposal.documents.values_list("stage", flat=True):
        name = "editor" if writes and stage == proposal.stage else "text"
        links[stage] = reverse(name, args=[proposal.reference, stage])
    return links


def _half(proposal: Proposal, side: Side, deputies: list[Deputy]) -> Half:
    membership = getattr(proposal.pair, side.value)
    accepted = getattr(proposal.pair, f"{side.value}_accepted_at") is not None
    over = proposal.pair.ended_at is not None
    return Half(
        side=side.value,
        name=membership.person.name,
        title=membership.title,
        state=_state(accepted=accepted, over=over),
        waiting=not accepted,
        note="; ".join(_deputy(deputy) for deputy in deputies if deputy.side == side),
    )


def _state(*, accepted: bool, over: bool) -> str:
    if over:
        return "Was in the pair" if accepted else "Did not accept"
    return "Accepted" if accepted else "Asked, not answered yet"


def _deputy(deputy: Deputy) -> str:
    days = f"{deputy.starts_on:%-d %B} to {deputy.ends_on:%-d %B %Y}"
    return f"Deputy {deputy.membership.person.name}, {days}"
