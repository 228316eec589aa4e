"""What the gates ask, gathered: every other wing is asked once."""

from dataclasses import replace

from django.utils import timezone

from proposals.comments.selectors import open_blocking, unanswered_requests
from proposals.portfolio.domain.filling import missing, wrong
from proposals.portfolio.domain.routes import amounts
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Proposal, Section, Triage
from proposals.review.selectors import open_conditions
from proposals.workflow.domain.choosing import UNKNOWN, Body, choose
from proposals.workflow.domain.facts import CommitteeFacts, Facts, Question, SectionFacts
from proposals.workflow.models import Confirmation, Launch, SignOff
from proposals.workflow.selectors import elsewhere
from proposals.workflow.selectors.leads import leads_of
from proposals.workflow.selectors.texts import Text, text_of
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.models import Committee, Seat
from workspaces.selectors import as_halves

Marks = dict[str, dict[Side, set[str]]]  # section -> side -> hashes


def facts_of(proposal: Proposal, text: Text | None = None) -> Facts:
    """Everything the gates ask about this proposal now."""
    halves = as_halves(proposal.pair)
    committee = committee_of(proposal)
    facts = Facts(
        stage=Stage(proposal.stage),
        status=Status(proposal.status),
        route=Route(proposal.route) if proposal.route else None,
        names={side: member.name for side in PAIR_SIDES if (member := halves.half(side))},
        pair_stands=halves.stands,
        withdrawn=proposal.withdrawn_at is not None,
        committee=_seats(committee) if committee else None,
        leads=tuple(lead.membership.person.name for lead in leads_of(proposal)),
        today=timezone.localdate(),
    )
    if facts.stage is Stage.IMPLEMENTATION:
        return _under_way(facts, proposal)
    text = text or text_of(proposal)
    return _written(facts, proposal, text) if text else facts


def committee_of(proposal: Proposal) -> Committee | None:
    """Whom it was submitted to, or would be."""
    of_ours = Committee.objects.select_related("parent")
    if proposal.committee_id is not None:
        return of_ours.get(pk=proposal.committee_id)
    bodies = {each.pk: each for each in of_ours.filter(organisation=proposal.workspace.organisation_id)}
    if not proposal.route or not bodies:
        return None
    triage = Triage.objects.filter(proposal=proposal).exclude(answers={}).order_by("-pk").first()
    cost = amounts(triage.answers) if triage else UNKNOWN
    known = [
        Body(each.pk, each.revenue_limit, each.capital_limit, each.parent_id is not None)
        for each in bodies.values()
    ]
    chosen = choose(Route(proposal.route), known, cost)
    return bodies[chosen] if chosen is not None else None


def _seats(committee: Committee) -> CommitteeFacts:
    seats = Seat.objects.filter(committee=committee, ended_at=None).select_related("person")
    names = {seat.role: seat.person.name for seat in seats.order_by("-pk")}
    return CommitteeFacts(
        name=committee.name,
        secretary=names.get(Seat.SECRETARY, ""),
        chair=names.get(Seat.CHAIR, ""),
        parent=committee.parent.name if committee.parent else "",
    )


def _under_way(facts: Facts, proposal: Proposal) -> Facts:
    launch = Launch.objects.filter(proposal=proposal).first()
    waiting = open_conditions(proposal, before_start=True)
    return replace(
        facts,
        conditions=tuple(condition.text for condition in waiting),
        review_on=launch.review_on if launch else None,
    )


def _written(facts: Facts, proposal: Proposal, text: Text) -> Facts:
    marks = _marks(proposal, text)
    signed = SignOff.objects.filter(document=text.document, sha256=text.sha256)
    halves = as_halves(proposal.pair)
    requests = unanswered_requests(proposal)
    asked = {each.pk: Question(each.section, each.opened_by.name, of_committee=True) for each in requests}
    asked |= {each.pk: Question(each.section, each.opened_by.name) for each in open_blocking(proposal)}
    plan = elsewhere.kinds_in("evaluation_plan", text.sections, text.content)
    return replace(
        facts,
        readable=text.readable,
        sha256=text.sha256,
        sections=tuple(_section(section, text, marks, route=facts.route) for section in text.sections),
        signed=frozenset(
            Side(side)
            for side, by in signed.values_list("side", "by")
            if (half := halves.half(Side(side))) and half.person == by
        ),
        questions=tuple(asked.values()),
        no_harm=elsewhere.no_harm(text.sections, text.content),
        measure_kinds=plan,
        option_kinds=elsewhere.kinds_in("options", text.sections, text.content),
        patients_answered=elsewhere.patients_answered(text.sections, text.content),
    )


def _marks(proposal: Proposal, text: Text) -> Marks:
    """Who of the pair of today confirmed which words; what somebody confirmed who has left counts no more."""
    halves = as_halves(proposal.pair)
    marks: Marks = {}
    found = Confirmation.objects.filter(document=text.document)
    for key, side, by, said in found.values_list("section", "side", "by", "copy__sha256"):
        half = halves.half(Side(side))
        if half is not None and half.person == by:
            marks.setdefault(key, {}).setdefault(Side(side), set()).add(said)
    return marks


def _section(section: Section, text: Text, marks: Marks, *, route: Route | None) -> SectionFacts:
    required = section.required and (route is None or route.value in section.routes)
    written = text.content.texts.get(section.key, "")
    form = text.content.forms.get(section.key, {})
    rows = text.content.registers.get(section.key, [])
    lacks = (
        missing(section, written, form, rows, route=route.value if route else "")
        if required
        else wrong(section, form, rows)
    )
    said = text.hash_of(section.key)
    mine = marks.get(section.key, {})
    confirmed = frozenset(side for side, hashes in mine.items() if said in hashes)
    return SectionFacts(
        key=section.key,
        title=section.title,
        hash=said,
        required=required,
        needs=_needs(section, required=required, filled=bool(written.strip() or any(form.values()) or rows)),
        lacks=tuple(lacks),
        confirmed=confirmed,
        lapsed=frozenset(mine) - confirmed,
    )


def _needs(section: Section, *, required: bool, filled: bool) -> frozenset[Side]:
    """Both for what is required; the half that does not lead, for what is written there all the same."""
    if required:
        return frozenset(PAIR_SIDES)
    return frozenset({Side(section.crossed)}) if section.crossed and filled else frozenset()
