"""The proposals of the demo: each file beside this one is one proposal, begun, accepted and written."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from django.urls import reverse

from proposals.editing.domain.content import Content, plain_fields, plain_rows
from proposals.editing.services import seed_content
from proposals.portfolio import services
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal
from proposals.workflow.demo.cast import membership
from workspaces.models import News, Person, Workspace

FOLDER = Path(__file__).parent
Story = Mapping[str, object]


def stories() -> list[Story]:
    """Every proposal of the demo, oldest first."""
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]


def tell(story: Story, workspace: Workspace) -> bool:
    """Make the proposal unless it is there, by the same steps as people would; say whether it was made."""
    reference = str(story["reference"])
    if Proposal.objects.filter(reference=reference).exists():
        return False
    halves = {str(story[side]): membership(str(story[side]), workspace) for side in ("clinician", "manager")}
    first = halves.pop(str(story["proposed_by"]))
    (second,) = halves.values()
    proposal = services.propose(workspace, str(story["title"]), second, by=first.person)
    # The service gives the next free number of this year; the demo's numbers are fixed.
    Proposal.objects.filter(pk=proposal.pk).update(reference=reference)
    proposal.refresh_from_db()
    if story["accepted"]:
        services.accept(proposal, by=second.person)
    _beside(story, proposal, by=first.person)
    content = content_of(story)
    if content != Content():
        seed_content(proposal.documents.get(stage=Stage.CONCEPT), content)
    # What people were told bears the number of before; and nobody is mailed today what happened long ago.
    place = reverse("proposal", args=[reference])
    News.objects.filter(proposal=proposal.pk).update(url=place, pending=False)
    return True


def content_of(story: Story) -> Content:
    """What the proposal's document says to begin with."""
    forms, registers = story.get("form"), story.get("register")
    return Content(
        texts=plain_fields(story.get("text")),
        forms={key: plain_fields(form) for key, form in forms.items()} if isinstance(forms, Mapping) else {},
        registers=(
            {key: _numbered(key, rows) for key, rows in registers.items()}
            if isinstance(registers, Mapping)
            else {}
        ),
    )


def _numbered(key: str, rows: object) -> list[dict[str, str]]:
    """The rows, each with the lasting id that the editor knows it by."""
    return [{"id": f"{key}-{nth}", **row} for nth, row in enumerate(plain_rows(rows), start=1)]


def _beside(story: Story, proposal: Proposal, *, by: Person) -> None:
    for role in Role:
        if account := story.get(role.value):
            services.add_supporter(proposal, membership(str(account), proposal.workspace), role, by=by)
