"""What comes next, done by those whose turn it is: they write, confirm, sign, decide and see it through."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st

from proposals.comments import services as comments
from proposals.comments.selectors import unanswered_requests
from proposals.editing import services as editing
from proposals.portfolio.access import access_of
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Document, JointLead, Proposal
from proposals.review import services as review
from proposals.review.domain.decisions import Said, Term, Worth
from proposals.review.domain.kinds import Kind, Outcome, Permission
from proposals.review.models import Condition
from proposals.workflow import services
from proposals.workflow.domain.facts import Facts
from proposals.workflow.domain.moves import Actor
from proposals.workflow.selectors import facts_of
from tests.moving import filled
from tests.property.deeds import Company
from workspaces.domain.pairing import PAIR_SIDES
from workspaces.models import Membership, Person

Turn = Callable[[Company, Proposal, st.DataObject], object]
WHY = "The need is plain."


def drafted(company: Company, proposal: Proposal, data: st.DataObject) -> None:
    """Written and confirmed; then signed; then handed in, or decided by the two leads."""
    document = Document.objects.select_related("template").get(proposal=proposal, stage=proposal.stage)
    document.proposal = proposal
    if not document.epochs.exists():
        editing.seed_content(document, filled(document.template))
    if turned(company, proposal, document):
        return
    facts = facts_of(proposal)
    if not facts.is_signed:
        for person in (company.cast.amara, company.cast.ben):
            services.sign_off(proposal, facts.sha256, by=person)
    elif proposal.route == Route.TEST:
        led(company, proposal, data, facts=facts)
    else:
        services.submit(proposal, by=_one(company, proposal, Actor.HALF, data=data), patience=0)


def turned(company: Company, proposal: Proposal, document: Document) -> bool:
    """Requests answered and sections confirmed; whether there was anything to do."""
    amara, waiting = company.cast.amara, list(unanswered_requests(proposal))
    for thread in waiting:
        comments.reply(access_of(amara, document), thread, "So it is now.", by=amara, answers=True)
    sections = [section for section in facts_of(proposal).sections if section.waits_for]
    for section in sections:
        for side in section.waits_for:
            person = getattr(proposal.pair, side.value).person
            services.confirm(proposal, section.key, section.hash, by=person)
    return bool(waiting or sections)


def led(company: Company, proposal: Proposal, data: st.DataObject, *, facts: Facts) -> None:
    leads = company.acting(proposal, [Actor.LEADS])
    if len(leads) < 2:
        taken = JointLead.objects.filter(proposal=proposal, ended_at=None).values_list("side", flat=True)
        for side, person in zip(PAIR_SIDES, company.leads, strict=True):
            if side.value not in taken:
                place = Membership.objects.get(person=person)
                services.name_lead(proposal, side, place, by=company.cast.ben)
        return
    until = timezone.localdate() + timedelta(30)
    outcome = data.draw(st.sampled_from([Outcome.ADOPT, Outcome.ABANDON, Outcome.EXTEND]))
    for lead in leads:
        if facts.stage is Stage.CONCEPT:
            services.begin_test(proposal, facts.sha256, until, by=lead, patience=0)
        else:
            said = services.Conclusion(outcome, WHY, until)
            services.conclude(proposal, facts.sha256, said, by=lead, patience=0)


def screened(company: Company, proposal: Proposal, data: st.DataObject) -> None:
    if data.draw(st.sampled_from([True, True, False])):
        services.accept_submission(proposal, by=company.secretary)
    else:
        services.send_back(proposal, [services.Change("Say who pays.")], by=company.secretary)


def scheduled(company: Company, proposal: Proposal, _data: st.DataObject) -> None:
    services.schedule(proposal, timezone.localdate() + timedelta(30), by=company.secretary)


def sent(company: Company, proposal: Proposal, _data: st.DataObject) -> None:
    services.send_papers(proposal, by=company.secretary)


def decided(company: Company, proposal: Proposal, data: st.DataObject) -> None:
    kinds = [Kind.APPROVE, Kind.APPROVE, Kind.APPROVE_WITH_CONDITIONS, Kind.RETURN, Kind.DEFER, Kind.DECLINE]
    above = proposal.committee is not None and proposal.committee.parent_id is not None
    kind = data.draw(st.sampled_from([*kinds, Kind.REFER_UP] if above else kinds))
    due = timezone.localdate() + timedelta(30)
    term = Term("Appoint a nurse", company.cast.ben.pk, due, before_start=True)
    conditional = kind is Kind.APPROVE_WITH_CONDITIONS
    permissions = st.frozensets(st.sampled_from(list(Permission)), min_size=1)
    outcome = data.draw(st.sampled_from(list(Outcome))) if proposal.stage == Stage.EVALUATION else None
    said = Said(
        kind,
        WHY,
        permissions=data.draw(permissions) if proposal.stage == Stage.CONCEPT else frozenset(),
        outcome=outcome,
        review_on=due if outcome and outcome.goes_on and kind.approves else None,
        conditions=(term,) if conditional else (),
        changes=("Shorten it.",) if kind is Kind.RETURN else (),
        awaited="A figure" if kind is Kind.DEFER else "",
        worth=Worth(25_000) if proposal.stage == Stage.BUSINESS_CASE else None,
    )
    services.decide(proposal, said, by=_one(company, proposal, Actor.CHAIR, Actor.SECRETARY, data=data))


def started(company: Company, proposal: Proposal, _data: st.DataObject) -> None:
    """What has to come before is met, and both say the same day."""
    for condition in Condition.objects.filter(decision__proposal=proposal, discharged_at=None):
        review.discharge(condition, "She starts on Monday.", by=company.secretary)
    for person in (company.cast.amara, company.cast.ben):
        services.go_live(proposal, timezone.localdate(), by=person)


def lived(company: Company, proposal: Proposal, data: st.DataObject) -> None:
    half = _one(company, proposal, Actor.HALF, data=data)
    if proposal.status == Status.LIVE and data.draw(st.booleans()):
        services.pause(proposal, "Two falls in a week.", by=half)
    else:
        services.start_evaluation(proposal, WHY, by=half)


def resumed(company: Company, proposal: Proposal, data: st.DataObject) -> None:
    services.resume(proposal, "The floor is mended.", by=_one(company, proposal, Actor.CHAIR, data=data))


TURNS: dict[Status, Turn] = {
    Status.DRAFTING: drafted,
    Status.SUBMITTED: screened,
    Status.SCREENED: scheduled,
    Status.SCHEDULED: sent,
    Status.IN_REVIEW: decided,
    Status.MOBILISING: started,
    Status.TESTING: lived,
    Status.LIVE: lived,
    Status.PAUSED: resumed,
}


def _one(company: Company, proposal: Proposal, *actors: Actor, data: st.DataObject) -> Person:
    return data.draw(st.sampled_from(company.acting(proposal, actors)))
