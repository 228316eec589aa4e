"""What people do in the demo, by the same services as on the pages: each takes a proposal and its step."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone

from proposals.comments import services as comments
from proposals.comments.domain.threads import Kind as ThreadKind
from proposals.editing.services import seed_content
from proposals.portfolio.access import Access
from proposals.portfolio.models import Document, Proposal
from proposals.portfolio.standing import standing_of
from proposals.review.domain.decisions import Said, Term, Worth
from proposals.review.domain.kinds import Kind, Outcome, Permission
from proposals.review.models import Condition
from proposals.review.services import discharge
from proposals.workflow import services
from proposals.workflow.demo.cast import membership
from proposals.workflow.demo.clock import day_before
from proposals.workflow.demo.stories import Story, content_of, listed, number, words
from proposals.workflow.models import Confirmation, SectionCopy
from proposals.workflow.selectors import facts_of, leads_of
from proposals.workflow.selectors.texts import Text, text_of
from workspaces.domain.pairing import PAIR_SIDES
from workspaces.models import Person

Step = Mapping[str, object]


def sign(proposal: Proposal, _story: Story, _step: Step) -> None:
    """Both confirm every section they have to and sign the whole."""
    text = text_of(proposal)
    if text is None:
        raise LookupError(f"{proposal.reference} has no text to hand in.")
    with transaction.atomic():
        _confirm_all(proposal, text)
        for side in PAIR_SIDES:
            services.sign_off(proposal, text.sha256, by=getattr(proposal.pair, side.value).person)


def hand_in(proposal: Proposal, story: Story, step: Step) -> None:
    """Signed by both, it is handed in by one of them."""
    sign(proposal, story, step)
    services.submit(proposal, by=proposal.created_by, patience=0)


def name_leads(proposal: Proposal, _story: Story, step: Step) -> None:
    """The pair names the two who decide on a small test."""
    for side in PAIR_SIDES:
        lead = membership(str(step[side.value]), proposal.workspace)
        services.name_lead(proposal, side, lead, by=proposal.created_by)


def begin_test(proposal: Proposal, _story: Story, step: Step) -> None:
    """Both leads let it begin on what the pair has signed."""
    until, seen = day_before(number(step, "until")), facts_of(proposal).sha256
    for lead in leads_of(proposal):
        services.begin_test(proposal, seen, until, by=lead.membership.person, patience=0)


def conclude(proposal: Proposal, _story: Story, step: Step) -> None:
    """Both leads say what becomes of it, in the same words."""
    said = services.Conclusion(Outcome(str(step["outcome"])), str(step["reason"]))
    seen = facts_of(proposal).sha256
    for lead in leads_of(proposal):
        services.conclude(proposal, seen, said, by=lead.membership.person, patience=0)


def _confirm_all(proposal: Proposal, text: Text) -> None:
    """The rows that `services.confirm` writes, all at once: asking the gate after each takes too long.

    Signing asks it whether they are all there.
    """
    said = {key: (text.hash_of(key), text.canonical_of(key)) for key in text.keys}
    copies = [SectionCopy(sha256=sha256, canonical=canonical) for sha256, canonical in said.values()]
    SectionCopy.objects.bulk_create(copies, ignore_conflicts=True)
    known = dict(
        SectionCopy.objects.filter(sha256__in=[sha256 for sha256, _ in said.values()]).values_list(
            "sha256", "pk"
        )
    )
    Confirmation.objects.bulk_create(
        Confirmation(
            document=text.document,
            section=section.key,
            copy_id=known[section.hash],
            side=side.value,
            by=getattr(proposal.pair, side.value).person,
        )
        for section in facts_of(proposal, text).sections
        for side in PAIR_SIDES
        if side in section.needs
    )


def take_in(proposal: Proposal, _story: Story, _step: Step) -> None:
    services.accept_submission(proposal, by=_person("grace", proposal))


def schedule(proposal: Proposal, _story: Story, step: Step) -> None:
    services.schedule(proposal, day_before(number(step, "meets")), by=_person("grace", proposal))


def send_papers(proposal: Proposal, _story: Story, _step: Step) -> None:
    services.send_papers(proposal, by=_person("grace", proposal))


def decide(proposal: Proposal, _story: Story, step: Step) -> None:
    """The chair decides what the step says, with conditions that are due some days before or after today."""
    conditions = tuple(
        Term(
            text=str(each["text"]),
            owner=_person(str(each["owner"]), proposal).pk,
            due=day_before(number(each, "due")),
            before_start=bool(each.get("before_start")),
        )
        for each in listed(step, "conditions")
    )
    said = Said(
        kind=Kind(str(step["kind"])),
        reasons=str(step["reasons"]),
        permissions=frozenset(Permission(str(each)) for each in words(step, "permissions")),
        outcome=Outcome(str(step["outcome"])) if "outcome" in step else None,
        conditions=conditions,
        changes=tuple(words(step, "changes")),
        worth=Worth(revenue=number(step, "revenue"), capital=number(step, "capital")),
    )
    services.decide(proposal, said, by=_person("chandra", proposal))


def write(proposal: Proposal, story: Story, _step: Step) -> None:
    """The two write the text of the stage it has come to."""
    content = content_of(story, proposal.stage)
    seed_content(Document.objects.get(proposal=proposal, stage=proposal.stage), content)


def meet_condition(proposal: Proposal, _story: Story, step: Step) -> None:
    """The secretary records that a condition is met."""
    nth = number(step, "number") or 1
    waiting = Condition.objects.get(decision__proposal=proposal, discharged_at=None, number=nth)
    discharge(waiting, str(step["evidence"]), by=_person("grace", proposal))


def go_live(proposal: Proposal, _story: Story, step: Step) -> None:
    """Both say the same days."""
    review_on = day_before(number(step, "review"))
    for side in PAIR_SIDES:
        person = getattr(proposal.pair, side.value).person
        services.go_live(proposal, timezone.localdate(), review_on, by=person)


def evaluate(proposal: Proposal, _story: Story, step: Step) -> None:
    services.start_evaluation(proposal, str(step.get("reason", "")), by=proposal.created_by)


def pause(proposal: Proposal, _story: Story, step: Step) -> None:
    services.pause(proposal, str(step["reason"]), by=_person(str(step["by"]), proposal))


def say(proposal: Proposal, _story: Story, step: Step) -> None:
    """Somebody says something in the margin of the text that is being written."""
    person = _person(str(step["by"]), proposal)
    document = Document.objects.select_related("template").get(proposal=proposal, stage=proposal.stage)
    document.proposal = proposal
    draft = comments.Draft(
        section=str(step["section"]),
        body=str(step["text"]),
        kind=ThreadKind(str(step["kind"])),
        blocking=bool(step.get("blocking")),
    )
    comments.open_thread(Access(document, standing_of(person, proposal), {}), draft, by=person)


def withdraw(proposal: Proposal, _story: Story, step: Step) -> None:
    """Both agree, for the reason that the one gives."""
    for side in PAIR_SIDES:
        services.withdraw(proposal, str(step["reason"]), by=getattr(proposal.pair, side.value).person)


DEEDS: dict[str, Callable[[Proposal, Story, Step], None]] = {
    "sign": sign,
    "name_leads": name_leads,
    "begin_test": begin_test,
    "conclude": conclude,
    "pause": pause,
    "say": say,
    "hand_in": hand_in,
    "take_in": take_in,
    "schedule": schedule,
    "send_papers": send_papers,
    "decide": decide,
    "write": write,
    "meet_condition": meet_condition,
    "go_live": go_live,
    "evaluate": evaluate,
    "withdraw": withdraw,
}


def _person(account: str, proposal: Proposal) -> Person:
    return membership(account, proposal.workspace).person
