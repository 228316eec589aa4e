"""What happened to a proposal, in sentences."""

from collections.abc import Callable, Mapping

from proposals.portfolio.domain.aim import day
from proposals.portfolio.domain.leads import title_of
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.domain.supporters import Role
from proposals.review.domain.kinds import Outcome
from workspaces.domain.pairing import Side

Facts = Mapping[str, object]


def _days(facts: Facts) -> str:
    return f"from {day(str(facts.get('starts_on', '')))} to {day(str(facts.get('ends_on', '')))}"


def _reason(facts: Facts) -> str:
    return f": {facts['reason']}" if facts.get("reason") else ""


def _kept(facts: Facts) -> str:
    return f"the {Stage(str(facts.get('stage'))).label.lower()}"


def _route(facts: Facts, key: str) -> str:
    return f"“{Route(str(facts.get(key))).label}”"


def _agreed(who: str, facts: Facts) -> str:
    """One person's part of a move that takes two."""
    if facts.get("move") == "go_live":
        return f"{who} said that it is live from {day(str(facts.get('live_on', '')))}"
    if facts.get("move") == "withdraw":
        return f"{who} wanted to withdraw it{_reason(facts)}"
    if facts.get("move") == "test":
        return f"{who} would let the test begin"
    if facts.get("move") == "conclude":
        return f"{who} would {AFTERWARDS[str(facts.get('outcome'))]}{_reason(facts)}"
    return ""


AFTERWARDS = {"adopt": "adopt it", "abandon": "abandon it", "extend": "go on testing"}


def _taken_back(who: str, facts: Facts) -> str:
    withdrawal = facts.get("move") == "withdraw"
    return f"{who} no longer wanted to withdraw it" if withdrawal else f"{who} took back what they had said"


def _begun(who: str, facts: Facts) -> str:
    """Two leads say until when; the reason belongs to tests that somebody else let begin."""
    until = f", until {day(str(facts['review_on']))}" if facts.get("review_on") else ""
    return f"{facts.get('both') or who} let the test begin{until}{_reason(facts)}"


def _concluded(_: str, facts: Facts) -> str:
    """What becomes of the change, on a committee's word or on that of two leads."""
    if facts.get("both"):
        return f"{facts['both']} decided to {AFTERWARDS[str(facts.get('outcome'))]}{_reason(facts)}"
    if not facts.get("outcome"):
        return f"The evaluation was decided on{_reason(facts)}"
    again = f", to be looked at again on {day(str(facts['review_on']))}" if facts.get("review_on") else ""
    return f"{Outcome(str(facts['outcome'])).past}{again}{_reason(facts)}"


def _lead(facts: Facts) -> str:
    return f"{facts.get('person')} as {title_of(Side(str(facts.get('side'))))}"


def _noted(_: str, facts: Facts) -> str:
    """Every other kind moves the proposal, and its move is told."""
    return f"{facts.get('committee')} took note of it" if facts.get("kind") == "note" else ""


def _role(facts: Facts) -> Role:
    return Role(str(facts.get("role")))


SENTENCES: dict[str, Callable[[str, Facts], str]] = {
    "propose": lambda who, facts: (
        f"{who} began the proposal and asked {facts.get('colleague')} to write it together"
    ),
    "pair_again": lambda who, facts: f"{who} asked {facts.get('colleague')} to go on together",
    "accept_pair": lambda who, _: f"{who} accepted",
    "decline_pair": lambda who, facts: f"{who} declined{_reason(facts)}",
    "end_pair": lambda who, facts: f"{who} ended the pair{_reason(facts)}",
    "lapse_pair": lambda _, __: "Nobody answered in time, so it stays with whoever asked",
    "triage": lambda who, facts: f"{who} answered the six questions: the route is {_route(facts, 'route')}",
    "change_route": lambda who, facts: f"{who} changed the route to {_route(facts, 'new')}{_reason(facts)}",
    "rename": lambda who, facts: f"{who} changed the title from “{facts.get('old')}” to “{facts.get('new')}”",
    "withdraw": lambda who, facts: f"{facts.get('both') or who} withdrew the proposal{_reason(facts)}",
    "disagree": lambda who, facts: f"{who} wanted to keep it{_reason(facts)}",
    "take_back": _taken_back,
    "name_lead": lambda who, facts: f"{who} named {_lead(facts)}",
    "end_lead": lambda who, facts: f"{who} ended the part of {_lead(facts)}",
    "add_supporter": lambda who, facts: f"{who} made {facts.get('person')} {_role(facts).phrase}",
    "remove_supporter": lambda who, facts: (
        f"{who} ended the part of {facts.get('person')} as {_role(facts).label.lower()}"
    ),
    "appoint_deputy": lambda who, facts: f"{who} made {facts.get('name')} deputy {_days(facts)}",
    "name_version": lambda who, facts: f"{who} kept version {facts.get('version')} of {_kept(facts)}",
    "restore": lambda who, facts: (
        f"{who} brought back words of version {facts.get('version')} of {_kept(facts)}"
    ),
    "leave_out": lambda who, facts: f"{who} left out the part of {_kept(facts)} that could not be read",
    "quarantine": lambda _, facts: f"A part of {_kept(facts)} could not be read and was set aside",
    "release": lambda who, facts: f"{who} put back the part of {_kept(facts)} that had been set aside",
    "sign_off": lambda who, facts: f"{who} signed {_kept(facts)}",
    "submit": lambda who, facts: f"{who} handed it in as version {facts.get('version')}",
    "screen": lambda who, _: f"{who} took it in for the committee",
    "send_back": lambda who, facts: f"{who} sent it back{_reason(facts)}",
    "schedule": lambda who, facts: f"{who} put it on the agenda of {day(str(facts.get('on', '')))}",
    "send_papers": lambda who, _: f"{who} sent out the papers",
    "decide": _noted,
    "discharge": lambda who, facts: f"{who} recorded that condition {facts.get('condition')} is met",
    "approve_concept": lambda _, __: "Approved as a concept",
    "approve_case": lambda _, __: "Approved as a business case",
    "approve_with_conditions": lambda _, __: "Approved with conditions",
    "return": lambda _, facts: f"Returned to be worked on{_reason(facts)}",
    "defer": lambda _, facts: f"Deferred{_reason(facts)}",
    "decline": lambda _, facts: f"Declined{_reason(facts)}",
    "refer_up": lambda _, facts: f"Referred to the committee above{_reason(facts)}",
    "test": _begun,
    "agree": _agreed,
    "go_live": lambda _, facts: f"Live from {day(str(facts.get('live_on', '')))}",
    "pause": lambda who, facts: f"{who} paused it{_reason(facts)}",
    "resume": lambda who, facts: f"{who} let it go on{_reason(facts)}",
    "evaluate": lambda who, facts: f"{who} began the evaluation{_reason(facts)}",
    "conclude": _concluded,
    "archive": lambda _, __: "Put in the archive",
    "reconsider": lambda who, facts: f"{who} lets the committee above look at it again{_reason(facts)}",
    "ask_again": lambda who, facts: f"{who} asked the committee above to look at it again{_reason(facts)}",
    "stand_by": lambda who, facts: f"{who} let the decline stand{_reason(facts)}",
    "end_deputyship": lambda who, facts: f"{who} ended the time of {facts.get('name')} as deputy",
}
# Told already by the entry of the proposal itself; what is nobody's business but the record's; and what is a
# part of a move that is told: handing in closes the text, a return opens it again.
SILENT = {"propose_pair", "export", "freeze", "thaw", "open_document"}
# Why somebody left a pair, or would put the proposal away, is between the two.
BETWEEN_THE_TWO = {"decline_pair", "end_pair", "agree", "disagree", "ask_again"}


def told_by(verb: str, facts: Facts, *, next_verb: str) -> bool:
    """Whether the next entry by the same person tells it: the second yes is the move that it brings about."""
    return verb == "agree" and facts.get("move") == next_verb


def sentence(verb: str, who: str, facts: Facts, *, reader_is_half: bool) -> str:
    """One line of the history; a deed this table does not know is named by its verb rather than left out."""
    if verb in SILENT:
        return ""
    if verb in BETWEEN_THE_TWO and not reader_is_half:
        facts = {key: value for key, value in facts.items() if key != "reason"}
    known = SENTENCES.get(verb)
    return known(who, facts) if known else f"{who}: {verb.replace('_', ' ')}"
