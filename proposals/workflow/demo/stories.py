"""The proposals of the demo: each file beside this one is one proposal, begun, accepted and written."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from proposals.editing.domain.content import Content, plain_fields, plain_rows
from proposals.editing.services import seed_content
from proposals.portfolio import services
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Proposal
from proposals.workflow.demo.cast import membership
from workspaces.models import Person, Workspace

FOLDER = Path(__file__).parent
Story = Mapping[str, object]


def stories() -> list[Story]:
    """Every proposal of the demo, oldest first."""
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]


def begin(story: Story, workspace: Workspace) -> None:
    """Make the proposal by the same steps as people would: asked, accepted, measured, written."""
    reference = str(story["reference"])
    halves = {str(story[side]): membership(str(story[side]), workspace) for side in ("clinician", "manager")}
    first = halves.pop(str(story["proposed_by"]))
    (second,) = halves.values()
    proposal = services.propose(workspace, str(story["title"]), second, by=first.person)
    # The service gives the next free number of that year; the demo's numbers are fixed.
    Proposal.objects.filter(pk=proposal.pk).update(reference=reference)
    proposal.refresh_from_db()
    if story["accepted"]:
        services.accept(proposal, by=second.person)
    _beside(story, proposal, by=first.person)
    if answers := plain_fields(story.get("triage")):
        services.triage(proposal, answers, by=first.person)
    content = content_of(story)
    if content != Content():
        seed_content(proposal.documents.get(stage=Stage.CONCEPT), content)


def content_of(story: Story, stage: str = "") -> Content:
    """What a text says: the concept of a story, or the text of a later stage that it holds."""
    part = story[stage] if stage else story
    if not isinstance(part, Mapping):
        raise TypeError(f"“{stage}” of {story['reference']} is no table.")
    forms, registers = part.get("form"), part.get("register")
    return Content(
        texts=plain_fields(part.get("text")),
        forms={key: plain_fields(form) for key, form in forms.items()} if isinstance(forms, Mapping) else {},
        registers=(
            {key: _numbered(key, rows) for key, rows in registers.items()}
            if isinstance(registers, Mapping)
            else {}
        ),
    )


def number(step: Story, key: str) -> int:
    value = step.get(key, 0)
    return value if isinstance(value, int) else 0


def words(step: Story, key: str) -> list[str]:
    value = step.get(key, [])
    return [str(each) for each in value] if isinstance(value, list) else []


def listed(step: Story, key: str) -> list[Story]:
    value = step.get(key, [])
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _numbered(key: str, rows: object) -> list[dict[str, str]]:
    """The rows, each with the lasting id that the editor knows it by."""
    return [{"id": f"{key}-{nth}", **row} for nth, row in enumerate(plain_rows(rows), start=1)]


def _beside(story: Story, proposal: Proposal, *, by: Person) -> None:
    for role in Role:
        if account := story.get(role.value):
            services.add_supporter(proposal, membership(str(account), proposal.workspace), role, by=by)
