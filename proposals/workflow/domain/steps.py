"""The pathway as steps: what is done, where the proposal stands, what lies ahead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from proposals.portfolio.domain.stages import Stage

PATHWAY = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as a step of the pathway."""

    label: str
    state: str
    href: str = ""
    note: str = ""


def steps(
    current: Stage, *, links: Mapping[str, str], note: str = "", skips: Collection[Stage] = ()
) -> list[Step]:
    """Each stage with its state in words; `links` are the texts that exist, by stage.

    `note`: how it ended where it stood, if it did. `skips`: what its route does not ask for.
    """
    order = list(Stage)
    here = order.index(current)
    return [
        Step(
            label=stage.label,
            state="ahead" if stage in skips else _state(order.index(stage) - here),
            href=links.get(stage.value, ""),
            note="Not needed" if stage in skips else _note(note, order.index(stage) - here),
        )
        for stage in PATHWAY
    ]


def _state(ahead: int) -> str:
    return "here" if ahead == 0 else "ahead" if ahead > 0 else "done"


def _note(ended: str, ahead: int) -> str:
    """How it ended, at the stage where it did; what lay ahead was not reached."""
    if not ended or ahead < 0:
        return ""
    return "Not reached" if ahead else ended
