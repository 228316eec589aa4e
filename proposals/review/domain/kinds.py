"""The closed lists of what a committee may say: kinds of decision, permissions for a concept, outcomes."""

from enum import StrEnum


class Kind(StrEnum):
    """What a committee decides. Every kind needs reasons; what else each needs is in `decisions.py`."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    DEFER = "defer"
    RETURN = "return"
    DECLINE = "decline"
    REFER_UP = "refer_up"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"return": "Send back", "refer_up": "Refer up", "note": "Take note"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )

    @property
    def meaning(self) -> str:
        """What it means for the pair, in one sentence."""
        return {
            "approve": "The proposal goes on to what comes next.",
            "approve_with_conditions": "It goes on, and somebody named meets each condition by a day.",
            "defer": "Nobody is at fault; the committee waits for a day or a fact.",
            "return": "The pair writes again and changes what is listed.",
            "decline": "The proposal ends here. Everything written stays to be read.",
            "refer_up": "The committee above decides, because of the sum, or because it is new or disputed.",
            "note": "The committee has read it; nothing changes.",
        }[self.value]

    @property
    def past(self) -> str:
        """What was decided, as a heading says it."""
        return {
            "approve": "Approved",
            "approve_with_conditions": "Approved with conditions",
            "defer": "Deferred",
            "return": "Sent back",
            "decline": "Declined",
            "refer_up": "Referred up",
            "note": "Noted",
        }[self.value]

    @property
    def approves(self) -> bool:
        return self in (Kind.APPROVE, Kind.APPROVE_WITH_CONDITIONS)


class Permission(StrEnum):
    """What an approved concept may do next; they are different, and a committee may give either or both."""

    TEST = "test"
    CASE = "case"

    @property
    def label(self) -> str:
        return {"test": "Test the change on a small scale", "case": "Write a business case"}[self.value]


class Outcome(StrEnum):
    """What becomes of a change after its evaluation."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    EXTEND = "extend"
    ABANDON = "abandon"

    @property
    def label(self) -> str:
        return {
            "adopt": "Adopt: it stays, as it is",
            "adapt": "Adapt: it goes on, changed",
            "extend": "Extend: it goes on for longer before anybody can say",
            "abandon": "Abandon: it stops",
        }[self.value]

    @property
    def goes_on(self) -> bool:
        """The change stays live, and its effect is looked at again."""
        return self in (Outcome.ADAPT, Outcome.EXTEND)

    @property
    def past(self) -> str:
        """What was decided, as a heading says it."""
        return {
            "adopt": "Adopted",
            "adapt": "To be adapted",
            "extend": "Extended",
            "abandon": "Abandoned",
        }[self.value]


KINDS = [(kind.value, kind.label) for kind in Kind]
OUTCOMES = [(outcome.value, outcome.label) for outcome in Outcome]
PERMISSIONS = [(permission.value, permission.label) for permission in Permission]
