"""Calling people in a comment: rows for those who can read it, names of those who cannot."""

from dataclasses import dataclass, field

from proposals.comments.domain.mentions import Somebody, calls, heard, unheard
from proposals.comments.models import Comment, Mention
from proposals.comments.selectors import is_for_committee, others_in, readers_of
from proposals.portfolio.models import Proposal
from workspaces import notices
from workspaces.models import Person


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a comment calls, of those who can read it; and the colleagues it calls who cannot."""

    readers: list[Somebody]
    people: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    unheard: list[str] = field(default_factory=list)

    @property
    def writers(self) -> set[int]:
        """Those who answer for a side: the text is theirs."""
        return {each.person for each in self.readers if each.speaks_for}


def call(comment: Comment, proposal: Proposal, *, by: Person, again: bool = False) -> Called:
    """Store who is called; with `again`, some may have been before. Who cannot see the text is not told."""
    readers = readers_of(proposal, version=is_for_committee(comment.thread, proposal))
    called = calls(comment.body)
    if not called:
        return Called(readers)
    people, rest = heard(called, readers)
    people -= {by.pk}
    known = set(Mention.objects.filter(comment=comment).values_list("person", flat=True)) if again else set()
    rows = [Mention(comment=comment, person_id=person) for person in sorted(people)]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        notices.publish(f"person.{row.person_id}", "mention", proposal=proposal.pk, thread=comment.thread_id)
    unheard_ones = unheard(rest, others_in(proposal, readers)) if rest else []
    return Called(readers, people, people - known, unheard_ones)
