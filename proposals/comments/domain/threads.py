"""What a thread is for, how it stands, and who may do what with it. Each refusal is a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from proposals.portfolio.domain.abilities import Grant, Standing


class Kind(StrEnum):
    """What somebody wants with a thread. All but a plain comment ask for something."""

    COMMENT = "comment"
    QUESTION = "question"
    CHANGE_REQUEST = "change_request"
    PATIENT_POINT = "patient_point"

    @property
    def label(self) -> str:
        return {"change_request": "Request for a change", "patient_point": "Point for patients"}.get(
            self.value, self.value.title()
        )

    @property
    def asks(self) -> bool:
        return self is not Kind.COMMENT


class State(StrEnum):
    """How a thread stands. Answered is for whoever asked to judge; resolved is closed."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"

    @property
    def label(self) -> str:
        return self.value.title()


class How(StrEnum):
    """What came of a thread that is resolved."""

    DONE = "done"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"done": "The text was changed", "declined": "The text stays as it is"}[self.value]


class AnchorState(StrEnum):
    """What a thread hangs on."""

    SECTION = "section"
    ANCHORED = "anchored"
    DETACHED = "detached"

    @property
    def label(self) -> str:
        return {"section": "The whole section", "anchored": "On the text", "detached": "Text removed"}[
            self.value
        ]


class Act(StrEnum):
    """A named thing a person may do to a thread."""

    REPLY = "reply"
    ANSWER = "answer"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CHANGE = "change"
    REATTACH = "reattach"


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """What the rules ask about a thread and the person before it."""

    kind: Kind
    state: State
    opener: str  # name
    is_opener: bool
    opener_left: bool = False
    has_anchor: bool = True
    reads_draft: bool = True


# Answers with an empty string when nothing is in the way, else with the reason.
Rule = Callable[[ThreadFacts, Standing], str]


def _nothing(_thread: ThreadFacts, _standing: Standing) -> str:
    return ""


def why_not_answer(thread: ThreadFacts, _standing: Standing) -> str:
    """Whoever asked does not answer themselves."""
    if not thread.kind.asks:
        return "This is a comment, which asks for nothing. Write a reply."
    if thread.is_opener:
        return "You asked this yourself. Write a reply, or resolve it."
    return "This is resolved. Reopen it first." if thread.state is State.RESOLVED else ""


def why_not_resolve(thread: ThreadFacts, standing: Standing) -> str:
    """Only the person who asked closes what asks for something; a plain comment the pair closes too."""
    if thread.state is State.RESOLVED:
        return "This is resolved already."
    if thread.is_opener or _closes_for_others(thread, standing):
        return ""
    if thread.opener_left:
        return f"{thread.opener} has left, so the pair can resolve this."
    if thread.kind.asks:
        return f"Only {thread.opener}, who asked, can resolve this. You can answer it."
    return f"Only {thread.opener} and the pair can resolve this."


def _closes_for_others(thread: ThreadFacts, standing: Standing) -> bool:
    """The pair: comments, and what people who left had asked. A patient partner: points for patients."""
    if standing.half is not None:
        return thread.opener_left or not thread.kind.asks
    return thread.kind is Kind.PATIENT_POINT and standing.supporter == "patient_partner"


def why_not_reopen(thread: ThreadFacts, _standing: Standing) -> str:
    """Anybody opens a resolved thread again; that an answer is none, whoever asked says."""
    if thread.state is State.OPEN:
        return "This is open."
    if thread.state is State.ANSWERED and not thread.is_opener:
        return f"Only {thread.opener}, who asked, can say that this is not answered yet."
    return ""


def why_not_change(thread: ThreadFacts, _standing: Standing) -> str:
    return "" if thread.is_opener else f"Only {thread.opener}, who wrote this, can change what it is."


def why_not_reattach(thread: ThreadFacts, _standing: Standing) -> str:
    if not thread.reads_draft:
        return "Only those who read the draft can put this on other words of it."
    return "" if thread.has_anchor else "This is about the whole section, so no words go with it."


RULES: dict[Act, Rule] = {
    Act.REPLY: _nothing,
    Act.ANSWER: why_not_answer,
    Act.RESOLVE: why_not_resolve,
    Act.REOPEN: why_not_reopen,
    Act.CHANGE: why_not_change,
    Act.REATTACH: why_not_reattach,
}


def acts(thread: ThreadFacts, standing: Standing, may_comment: Grant) -> dict[Act, Grant]:
    """Answer every act at once. Who may not comment may do nothing."""
    if not may_comment.allowed:
        return dict.fromkeys(Act, may_comment)
    reasons = {act: rule(thread, standing) for act, rule in RULES.items()}
    return {act: Grant(allowed=not reason, reason=reason) for act, reason in reasons.items()}
