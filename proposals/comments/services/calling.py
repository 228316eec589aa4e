"""Calling people in a comment: rows for those who can read it, names of those who cannot."""

from proposals.comments.domain.mentions import calls, heard, unheard
from proposals.comments.models import Comment, Mention
from proposals.comments.selectors import others_in, readers_of
from proposals.portfolio.models import Proposal
from workspaces import notices
from workspaces.models import Person


def call(comment: Comment, proposal: Proposal, *, by: Person) -> list[str]:
    """Store who is called. Colleagues who cannot see the text are not told, and their names are answered."""
    called = calls(comment.body)
    if not called:
        return []
    readers = readers_of(proposal)
    people, rest = heard(called, readers)
    rows = [Mention(comment=comment, person_id=person) for person in sorted(people - {by.pk})]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        notices.publish(f"person.{row.person_id}", "mention", proposal=proposal.pk, thread=comment.thread_id)
    return unheard(rest, others_in(proposal, readers)) if rest else []
