"""Proposals that can move: texts that lack nothing, a committee, keys turned and signatures given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from proposals.editing import services as editing
from proposals.editing.domain.content import Content
from proposals.portfolio.domain.routes import Level
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.models import DelegationLimit, Document, Proposal, Section, Template
from proposals.workflow import services
from proposals.workflow.models import Submission
from proposals.workflow.selectors import facts_of
from tests.people import Cast, join, make_person
from workspaces.domain.pairing import Side
from workspaces.models import Committee, Membership, Person, Seat

Question = Mapping[str, object]
VALUES = {"number": "12", "money": "25000", "percent": "30", "date": "2027-03-31", "yesno": "no"}


def filled(template: Template) -> Content:
    """A text of this template that lacks nothing, and does no harm."""
    content = Content()
    for section in template.sections.all():
        if section.has_prose:
            content.texts[section.key] = f"What we say about {section.title.lower()}.\n"
        if section.fields:
            content.forms[section.key] = {str(q["key"]): value_of(q) for q in section.fields}
        if section.columns:
            content.registers[section.key] = list(rows_of(section))
    return content


def rows_of(section: Section) -> Iterable[dict[str, str]]:
    most = max([section.min_rows, *section.min_rows_on.values(), 3])
    for nth in range(min(most, section.max_rows or most)):
        yield {"id": f"row{nth}", **{str(q["key"]): value_of(q, nth) for q in section.columns}}


def value_of(question: Question, nth: int = 0) -> str:
    """An answer of the right kind; another one in each row."""
    kind = str(question.get("kind", "text"))
    choices = [value for value, _ in question.get("choices", ())]  # type: ignore[attr-defined]
    wanted = list(question.get("each", ())) or choices  # type: ignore[call-overload]
    if choices and set(choices) == {"yes", "no", "unsure"}:
        return "no"
    if question["key"] == "answered":
        return "yes"
    if wanted:
        return str(wanted[nth % len(wanted)])
    return VALUES.get(kind, f"Words {nth + 1}")


def make_committee(cast: Cast, *, parent: Committee | None = None, limit: int | None = None) -> Committee:
    """Chandra in the chair, Grace the secretary, Dele a member; up to that limit, below that committee."""
    committee = Committee.objects.create(
        organisation=cast.workspace.organisation,
        name="Investment committee",
        slug="investment",
        parent=parent,
        revenue_limit=limit,
        capital_limit=limit,
    )
    for person, role in ((cast.chandra, Seat.CHAIR), (grace(), Seat.SECRETARY), (cast.dele, Seat.MEMBER)):
        Seat.objects.create(committee=committee, person=person, role=role)
    return committee


def make_limits(cast: Cast) -> None:
    """Up to £100,000 is for a division, up to a million for the committee, in the trust's own rows."""
    for level, pounds in ((Level.DIVISION, 100_000), (Level.COMMITTEE, 1_000_000)):
        DelegationLimit.objects.create(
            organisation=cast.workspace.organisation,
            level=level.value,
            revenue=pounds,
            capital=pounds,
            valid_from=date(2026, 1, 1),
            source="For tests",
        )


def grace() -> Person:
    return Person.objects.filter(email="grace@marlbeck.example").first() or make_person("Grace Lyle")


def written(proposal: Proposal, route: Route = Route.FULL) -> Document:
    """The text of the current stage, with nothing missing in it."""
    Proposal.objects.filter(pk=proposal.pk).update(route=route.value)
    proposal.refresh_from_db()
    document = Document.objects.get(proposal=proposal, stage=proposal.stage)
    editing.seed_content(document, filled(document.template))
    return document


def confirmed(proposal: Proposal, *people: Person) -> None:
    """Each of these confirms every section that they have to."""
    for section in facts_of(proposal).sections:
        for person in people:
            if section.needs:
                services.confirm(proposal, section.key, section.hash, by=person)


def signed(proposal: Proposal, *people: Person) -> str:
    """Confirmed and signed by each of these; the hash of what they signed."""
    confirmed(proposal, *people)
    said = facts_of(proposal).sha256
    for person in people:
        services.sign_off(proposal, said, by=person)
    return said


def submitted(proposal: Proposal, cast: Cast) -> Submission:
    """Written, signed and handed in."""
    if not Document.objects.get(proposal=proposal, stage=proposal.stage).epochs.exists():
        written(proposal)
    signed(proposal, cast.amara, cast.ben)
    made = services.submit(proposal, by=cast.amara, patience=0)
    proposal.refresh_from_db()
    return made


def in_review(proposal: Proposal, cast: Cast) -> Submission:
    """Handed in, taken in by the secretary, on an agenda, papers out."""
    made = submitted(proposal, cast)
    services.accept_submission(proposal, by=grace())
    services.schedule(proposal, timezone.localdate() + timedelta(days=20), by=grace())
    services.send_papers(proposal, by=grace())
    proposal.refresh_from_db()
    return made


@dataclass(frozen=True)
class Leads:
    """The two who decide on a small test."""

    priya: Person
    gareth: Person


def make_leads(cast: Cast) -> dict[Side, Membership]:
    """Priya could be the clinical lead, Gareth the line manager."""
    return {
        Side.CLINICIAN: join(make_person("Priya Nair"), cast.workspace, Side.CLINICIAN),
        Side.MANAGER: join(make_person("Gareth Pugh"), cast.workspace, Side.MANAGER),
    }


def led(proposal: Proposal, cast: Cast) -> Leads:
    """A concept on the route of a test, signed by both, with its two leads named."""
    written(proposal, Route.TEST)
    places = make_leads(cast)
    for side, membership in places.items():
        services.name_lead(proposal, side, membership, by=cast.amara)
    signed(proposal, cast.amara, cast.ben)
    return Leads(places[Side.CLINICIAN].person, places[Side.MANAGER].person)


def begun(proposal: Proposal, cast: Cast) -> Leads:
    """A test that both leads have let begin, until ten days from now."""
    leads = led(proposal, cast)
    seen, until = facts_of(proposal).sha256, timezone.localdate() + timedelta(days=10)
    for lead in (leads.priya, leads.gareth):
        services.begin_test(proposal, seen, until, by=lead, patience=0)
    proposal.refresh_from_db()
    return leads


def put_away(proposal: Proposal, reason: str, *people: Person) -> None:
    """Withdrawn on the word of each of these."""
    for person in people:
        services.withdraw(proposal, reason, by=person)
    proposal.refresh_from_db()


def stage_of(proposal: Proposal) -> tuple[Stage, str]:
    proposal.refresh_from_db()
    return Stage(proposal.stage), proposal.status
