"""Threads as pages show them: grouped by section, in the order of the text, with what one can do."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.utils.safestring import SafeString

from proposals.comments.domain.threads import AnchorState, How, Kind, State
from proposals.comments.models import Comment, Thread
from proposals.comments.selectors import Margin, Wanted
from proposals.editing import rendering
from proposals.portfolio.domain.abilities import Grant
from proposals.portfolio.models import Section
from workspaces.domain.pairing import Side

UNSETTLED = (State.OPEN.value, State.ANSWERED.value)
FILTERS: list[tuple[str, str, Wanted]] = [
    ("", "Open and answered", Wanted(states=UNSETTLED)),
    ("me", "Addressed to me", Wanted(states=UNSETTLED, addressed_to_me=True)),
    ("mine", "Opened by me", Wanted(mine=True)),
    ("questions", "Questions", Wanted(kinds=(Kind.QUESTION.value,))),
    ("changes", "Requests for a change", Wanted(kinds=(Kind.CHANGE_REQUEST.value,))),
    ("patients", "Points for patients", Wanted(kinds=(Kind.PATIENT_POINT.value,))),
    ("detached", "Text removed", Wanted(anchors=(AnchorState.DETACHED.value,))),
    ("resolved", "Resolved", Wanted(states=(State.RESOLVED.value,))),
    ("all", "All", Wanted()),
]


def chosen(name: str) -> tuple[Wanted, str]:
    """What a filter's name stands for; an unknown name is the first one."""
    return next(((wanted, key) for key, _, wanted in FILTERS if key == name), (FILTERS[0][2], ""))


@dataclass(frozen=True, slots=True)
class Said:
    """One comment on a page."""

    comment: Comment
    html: SafeString
    is_mine: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One thread on a page."""

    thread: Thread
    section: Section
    said: list[Said]
    can: dict[str, Grant]
    unread: int
    committee_reads: bool = False
    can_moderate: bool = False

    @property
    def is_detached(self) -> bool:
        return self.thread.anchor_state == AnchorState.DETACHED

    @property
    def changed_words(self) -> str:
        """What stands there now, if that is something else than what the thread was opened on."""
        now = str(self.thread.latest.get("exact", ""))
        return now if now != self.thread.exact and not self.is_detached else ""

    @property
    def label(self) -> str:
        """What it is, and to whom."""
        kind = Kind(self.thread.kind).label
        return f"{kind} to the {Side(self.thread.addressed).label.lower()}" if self.thread.addressed else kind

    @property
    def state(self) -> str:
        """How it stands, in words."""
        state = State(self.thread.state)
        if state is State.OPEN or self.thread.settled_by is None:
            return state.label
        how = f": {How(self.thread.settled_how).label.lower()}" if self.thread.settled_how else ""
        return f"{state.label} by {self.thread.settled_by.name}{how}"


def as_handed_in(thread: Thread) -> Thread:
    """For who reads only what was handed in: its words as they stood there, nothing of what came after."""
    shown = copy(thread)
    shown.start = shown.end = shown.missing_since = shown.missing_by = shown.detached_at = None
    shown.latest = {"exact": thread.exact}
    if thread.anchor_state == AnchorState.DETACHED:
        shown.anchor_state = AnchorState.ANCHORED.value
    return shown


def entries_of(
    threads: Iterable[Thread], margin: Margin, sections: Sequence[Section]
) -> dict[str, list[Entry]]:
    """By section: what has lost its words, then what is about all of it, then in the order of the text."""
    known = {section.key: section for section in sections}
    found: dict[str, list[tuple[tuple[int, int, int], Entry]]] = {}
    for thread in threads:
        if thread.section in known:
            entry = _entry(thread, margin, known[thread.section])
            found.setdefault(thread.section, []).append((_order(thread, margin), entry))
    return {
        key: [entry for _, entry in sorted(pairs, key=lambda pair: pair[0])] for key, pairs in found.items()
    }


def _order(thread: Thread, margin: Margin) -> tuple[int, int, int]:
    spot = margin.spot(thread)
    place = {"detached": 0, "section": 1}.get(thread.anchor_state, 2)
    return place, spot[0] if spot else 0, thread.pk


def _entry(thread: Thread, margin: Margin, section: Section) -> Entry:
    comments = list(thread.comments.all())
    unread = int(getattr(thread, "unread", 0))
    others = [comment for comment in comments if comment.by_id != margin.person.pk and not comment.deleted_at]
    new = {comment.pk for comment in others[len(others) - unread :]}
    return Entry(
        thread=thread if margin.reads_draft else as_handed_in(thread),
        section=section,
        said=[
            Said(
                comment=comment,
                html=rendering.shown(comment.said_to(margin.person)),
                is_mine=comment.by_id == margin.person.pk,
                is_new=comment.pk in new,
            )
            for comment in comments
        ],
        can={act.value: grant for act, grant in margin.acts(thread).items()},
        unread=unread,
        committee_reads=margin.committee_reads(thread),
        can_moderate=margin.can_moderate,
    )
