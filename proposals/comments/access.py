"""The door to threads: whoever may read the document may read what stands in its margin."""

from dataclasses import dataclass

from django.http import Http404

from proposals.comments.models import Thread
from proposals.comments.selectors import PARTS
from proposals.portfolio.access import PAIR_PARTS, Access, access_of
from proposals.portfolio.domain.abilities import Ability
from workspaces.models import Person


@dataclass(frozen=True, slots=True)
class ThreadAccess:
    """A thread, and who somebody is to its document."""

    thread: Thread
    access: Access


def thread_for(person: Person, thread_id: int, ability: Ability = Ability.READ) -> ThreadAccess:
    """Fetch a thread; a stranger cannot tell one of others from one that does not exist."""
    parts = [*PARTS, "document__template", *(f"document__proposal__{part}" for part in PAIR_PARTS)]
    thread = Thread.objects.select_related(*parts).filter(pk=thread_id).first()
    if thread is None:
        raise Http404
    return ThreadAccess(thread, access_of(person, thread.document, ability))
