"""The evaluation starts from what the business case promised."""

from proposals.editing import selectors, services
from proposals.editing.domain.content import Content
from proposals.portfolio import services as portfolio
from proposals.portfolio import templates
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Document, Proposal
from workspaces.models import Person

BENEFIT = {
    "id": "b1",
    "number": "B1",
    "benefit": "People sleep at home",
    "class": "quantified",
    "target": "30%",
    "value": "£12k",
}
CASE = Content(
    texts={"benefits": "Words stay where they are.\n"},
    registers={
        "benefits": [BENEFIT, {"id": "b2", "owner": "Ben"}],
        "plan": [{"id": "p1", "milestone": "Opens", "by": "2027-04-01", "needs": "Recruitment"}],
    },
)


def begun(document: Document, amara: Person, *, handed_in: bool) -> Content:
    """What the evaluation says when it is opened for the first time."""
    templates.load()
    proposal = document.proposal
    case = portfolio.open_document(proposal, Stage.BUSINESS_CASE, by=amara)
    services.seed_content(case, CASE)
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.BUSINESS_CASE)
    case.refresh_from_db()
    if handed_in:
        services.freeze(case, by=amara)
    evaluation = portfolio.open_document(proposal, Stage.EVALUATION, by=amara)
    services.open_epoch(evaluation)
    return selectors.content_of(evaluation)


def test_promises_go_over_with_what_both_tables_ask(document: Document, amara: Person) -> None:
    """[PF38] Not the words, nor what only the case asks; a row without any of it stays behind."""
    content = begun(document, amara, handed_in=True)
    kept = {key: BENEFIT[key] for key in ("id", "number", "benefit", "target", "value")}
    assert content.registers["benefits_actual"] == [kept]
    assert content.registers["fidelity"] == [{"id": "p1", "milestone": "Opens", "by": "2027-04-01"}]
    assert content.registers["money_actual"] == []
    assert content.texts["benefits_actual"] == ""


def test_nothing_goes_over_from_what_was_not_handed_in(document: Document, amara: Person) -> None:
    """[PF38] A draft is no promise."""
    assert begun(document, amara, handed_in=False).registers["benefits_actual"] == []
