"""Content that cannot be used: each move says which field it is, with 422, and nothing is half-written."""

import copy
from html import unescape

import pytest

from proposals.editing import services as editing
from proposals.editing.domain.content import Content
from proposals.editing.models import FrozenVersion
from proposals.portfolio.domain.stages import Route
from proposals.portfolio.models import Document, Proposal
from proposals.workflow import services
from proposals.workflow.models import Confirmation, SignOff, Submission, Transition
from proposals.workflow.services import BadInput
from tests.moving import confirmed, filled, grace, make_committee, submitted
from tests.people import Cast, as_
from workspaces.models import AuditEntry

WRONG = [
    (
        "problem",
        {"per_month": "many"},
        [],
        "“How many of them in a month” says “many”, which is not a number.",
    ),
    (
        "people",
        {"involvement": "a bit"},
        [],
        "“How far patients and carers are part of it” says “a bit”, which is not one of the answers.",
    ),
    ("people", {}, range(26), "The table of “People” has 26 rows and can have 25. Take 1 out"),
]


def written(proposal: Proposal, key: str, form: dict[str, str], *, rows: object) -> Document:
    """Complete, but for what another program has put into it."""
    make = proposal.documents.get()
    content: Content = copy.deepcopy(filled(make.template))
    content.forms.setdefault(key, {}).update(form)
    if rows:
        row = content.registers[key][0]
        content.registers[key] = [{**row, "id": f"row{nth}"} for nth in rows]  # type: ignore[attr-defined]
    Proposal.objects.update(route=Route.FULL.value)
    editing.seed_content(make, content)
    return make


@pytest.mark.parametrize(("key", "form", "rows", "sentence"), WRONG)
def test_it_works(  # noqa: PLR0917 - a case is four words
    cast: Cast, proposal: Proposal, key: str, form: dict[str, str], rows: object, sentence: str
) -> None:
    """[WF28] [WF31] A wrong answer or a table too long is in the way of signing and of handing in."""
    make_committee(cast)
    written(proposal, key, form, rows=rows)
    proposal.refresh_from_db()
    confirmed(proposal, cast.amara, cast.ben)
    before = AuditEntry.objects.count(), Confirmation.objects.count()
    client = as_(cast.amara)
    for page in ("sign-off", "submission"):
        answer = client.post(f"/proposals/{proposal.reference}/{page}/", {"seen": "0" * 64})
        assert answer.status_code == 422
        assert sentence in unescape(answer.content.decode())
    said = client.get(f"/api/proposals/{proposal.reference}/verdict/?move=submit").json()["missing"]
    assert [each["section"] for each in said if each["sentence"].startswith(sentence)] == [key]
    assert (AuditEntry.objects.count(), Confirmation.objects.count()) == before
    for rows_of in (SignOff, Submission, FrozenVersion, Transition):
        assert not rows_of.objects.exists()


def test_a_change_to_a_section_that_is_not_there(cast: Cast, proposal: Proposal) -> None:
    """[WF28] [WF34] Sending back names the field, and the text stays closed."""
    make_committee(cast)
    submitted(proposal, cast)
    before = AuditEntry.objects.count()
    with pytest.raises(BadInput, match="This text has no section “weather”") as refused:
        services.send_back(proposal, [services.Change("Say more.", "weather")], by=grace())
    assert refused.value.part == "changes"
    assert AuditEntry.objects.count() == before
    assert not proposal.documents.get().epochs.filter(closed_at=None).exists()


def test_a_section_that_is_not_there(cast: Cast, proposal: Proposal) -> None:
    """[WF28] Nothing to confirm at such an address, and no key is turned."""
    make_committee(cast)
    page = f"/proposals/{proposal.reference}/confirmations/weather/"
    assert as_(cast.amara).post(page, {"seen": "0" * 64}).status_code == 404
    assert not Confirmation.objects.exists()
