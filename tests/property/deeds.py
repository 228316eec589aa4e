"""What anybody can try to do to a proposal, with good input and bad, and whose it is to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import JointLead, Proposal
from proposals.review import services as review
from proposals.review.domain.decisions import Said, Term, Worth
from proposals.review.domain.kinds import Kind, Outcome, Permission
from proposals.review.models import Condition
from proposals.workflow import services
from proposals.workflow.domain.moves import Actor, Move
from proposals.workflow.models import Consent
from proposals.workflow.selectors import facts_of
from tests.people import Cast
from tests.threads import insert, write
from workspaces.domain.pairing import Side
from workspaces.models import Membership, Person

Deed = Callable[[Proposal, Person, st.DataObject], object]

NONSENSE = "0" * 64
REASONS = st.sampled_from(["The need is plain.", "Two falls in a week.", " "])
SEEN = st.sampled_from([True, True, True, False])
DAYS = st.sampled_from([-400, 0, 1, 30])
KINDS = st.sampled_from(list(Kind))
OUTCOMES = st.sampled_from(list(Outcome))
WORTH = st.sampled_from([1, 500_000, 500_001])


def _seen(proposal: Proposal, data: st.DataObject) -> str:
    return facts_of(proposal).sha256 if data.draw(SEEN) else NONSENSE


def confirm(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    sections = {section.key: section.hash for section in facts_of(proposal).sections} | {"nonsense": NONSENSE}
    key = data.draw(st.sampled_from(sorted(sections)))
    return services.confirm(proposal, key, sections[key] if data.draw(SEEN) else NONSENSE, by=by)


def sign(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    return services.sign_off(proposal, _seen(proposal, data), by=by)


def submit(proposal: Proposal, by: Person, _data: st.DataObject) -> object:
    return services.submit(proposal, by=by, patience=0)


def take_in(proposal: Proposal, by: Person, _data: st.DataObject) -> object:
    return services.accept_submission(proposal, by=by)


def send_back(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    changes = data.draw(st.lists(st.sampled_from(["Say who pays.", " "]), max_size=2))
    return services.send_back(proposal, [services.Change(change) for change in changes], by=by)


def schedule(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    on = timezone.localdate() + timedelta(data.draw(DAYS))
    return services.schedule(proposal, on, by=by, late_consent=data.draw(REASONS))


def send_papers(proposal: Proposal, by: Person, _data: st.DataObject) -> object:
    return services.send_papers(proposal, by=by)


def decide(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    """Mostly whole; some parts missing, above the limit, or of another stage."""
    kind = data.draw(KINDS)
    conditional = kind is Kind.APPROVE_WITH_CONDITIONS
    due = timezone.localdate() + timedelta(data.draw(DAYS))
    term = Term(
        "Appoint a nurse", proposal.pair.manager.person_id, due, before_start=data.draw(st.booleans())
    )
    said = Said(
        kind,
        data.draw(REASONS),
        permissions=data.draw(st.frozensets(st.sampled_from(list(Permission)))),
        outcome=data.draw(OUTCOMES) if proposal.stage == Stage.EVALUATION else None,
        review_on=data.draw(st.sampled_from([None, due])),
        conditions=(term,) if conditional else (),
        changes=("Shorten it.",) if kind is Kind.RETURN else (),
        awaited="A figure" if kind is Kind.DEFER else "",
        worth=Worth(data.draw(WORTH)),
    )
    return services.decide(proposal, said, by=by)


def discharge(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    waiting = Condition.objects.filter(decision__proposal=proposal, discharged_at=None).first()
    return review.discharge(waiting, data.draw(REASONS), by=by) if waiting else None


def go_live(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    today = timezone.localdate()
    review_on = data.draw(st.sampled_from([None, today - timedelta(399), today - timedelta(500)]))
    return services.go_live(proposal, today - timedelta(data.draw(DAYS)), review_on, by=by)


def pause(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    return services.pause(proposal, data.draw(REASONS), by=by)


def resume(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    return services.resume(proposal, data.draw(REASONS), by=by)


def evaluate(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    return services.start_evaluation(proposal, data.draw(REASONS), by=by)


def name_lead(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    places = list(Membership.objects.filter(workspace=proposal.workspace).order_by("pk"))
    side = data.draw(st.sampled_from([Side.CLINICIAN, Side.MANAGER]))
    return services.name_lead(proposal, side, data.draw(st.sampled_from(places)), by=by)


def begin_test(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    until = timezone.localdate() + timedelta(data.draw(DAYS))
    return services.begin_test(proposal, _seen(proposal, data), until, by=by, patience=0)


def conclude(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    until = timezone.localdate() + timedelta(data.draw(DAYS))
    said = services.Conclusion(data.draw(OUTCOMES), data.draw(REASONS), until)
    return services.conclude(proposal, _seen(proposal, data), said, by=by, patience=0)


def withdraw(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    return services.withdraw(proposal, data.draw(REASONS), by=by)


def agree_to_withdraw(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    """To what was asked, or to something nobody asked."""
    asked = Consent.objects.filter(proposal=proposal, move=Move.WITHDRAW.value, ended_at=None).first()
    seen = asked.pk if asked and data.draw(SEEN) else 0
    return services.agree_to_withdraw(proposal, seen, by=by)


def ask_again(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    ground = data.draw(st.sampled_from(["process", "new_fact", "a whim"]))
    return services.ask_again(proposal, ground, data.draw(REASONS), by=by)


def reconsider(proposal: Proposal, by: Person, data: st.DataObject) -> object:
    return services.reconsider(proposal, data.draw(REASONS), granted=data.draw(st.booleans()), by=by)


# Each deed, and whose it is. A deputy writes for a half, and does none of these.
DEEDS: dict[Deed, frozenset[Actor]] = {
    confirm: frozenset({Actor.HALF}),
    sign: frozenset({Actor.HALF}),
    submit: frozenset({Actor.HALF}),
    take_in: frozenset({Actor.SECRETARY}),
    send_back: frozenset({Actor.SECRETARY}),
    schedule: frozenset({Actor.SECRETARY}),
    send_papers: frozenset({Actor.SECRETARY}),
    decide: frozenset({Actor.CHAIR, Actor.SECRETARY}),
    discharge: frozenset({Actor.CHAIR, Actor.PARENT_CHAIR, Actor.SECRETARY}),
    go_live: frozenset({Actor.HALF}),
    pause: frozenset({Actor.HALF}),
    resume: frozenset({Actor.CHAIR}),
    evaluate: frozenset({Actor.HALF}),
    name_lead: frozenset({Actor.HALF}),
    begin_test: frozenset({Actor.LEADS}),
    conclude: frozenset({Actor.LEADS}),
    withdraw: frozenset({Actor.HALF}),
    agree_to_withdraw: frozenset({Actor.HALF}),
    ask_again: frozenset({Actor.HALF}),
    reconsider: frozenset({Actor.PARENT_CHAIR}),
}


# What begins where: tried here by those whose it is not, a deed is only refused for who they are.
AT: dict[Status, tuple[Deed, ...]] = {
    Status.DRAFTING: (confirm, sign, submit, begin_test, conclude),
    Status.SUBMITTED: (take_in, send_back),
    Status.SCREENED: (schedule,),
    Status.SCHEDULED: (schedule, send_papers),
    Status.IN_REVIEW: (decide,),
    Status.MOBILISING: (go_live, discharge),
    Status.TESTING: (evaluate,),
    Status.LIVE: (pause, evaluate),
    Status.PAUSED: (resume, evaluate),
    Status.DECLINED: (ask_again, reconsider),
}


def edit(proposal: Proposal, by: Person) -> None:
    """One more word, in a text that lies open."""
    document = proposal.documents.get(stage=proposal.stage)
    section = document.template.sections.filter(has_prose=True).order_by("order")[0].key
    write(document, insert("quite ", "say"), by=by, root=f"t:{section}")


@dataclass(frozen=True)
class Company:
    """Everybody who may try something. The leads are those who could be named."""

    cast: Cast
    deputy: Person
    leads: tuple[Person, Person]
    secretary: Person
    board_chair: Person

    @property
    def everybody(self) -> list[Person]:
        cast = self.cast
        given = [cast.amara, cast.ben, cast.chandra, cast.dele, cast.mags, cast.eve]
        return [*given, self.deputy, *self.leads, self.secretary, self.board_chair]

    def acting(self, proposal: Proposal, actors: Iterable[Actor]) -> list[Person]:
        """Those whom these words name for this proposal now."""
        leads = JointLead.objects.filter(proposal=proposal, ended_at=None).select_related(
            "membership__person"
        )
        at_board = proposal.committee is not None and proposal.committee.parent_id is None
        named = {
            Actor.HALF: [self.cast.amara, self.cast.ben],
            Actor.SECRETARY: [self.secretary],
            Actor.CHAIR: [self.board_chair if at_board else self.cast.chandra],
            Actor.PARENT_CHAIR: [self.cast.chandra, self.board_chair],
            Actor.LEADS: [lead.membership.person for lead in leads],
        }
        return [person for actor in actors for person in named[actor]]
