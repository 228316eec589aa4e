"""The door to threads: with the draft goes its margin, with what was handed in what was said on that."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from proposals.comments.models import Thread
from proposals.comments.selectors import HEAVY, PARTS, is_for_committee, reads_draft
from proposals.editing.models import FrozenVersion
from proposals.editing.selectors import version_of
from proposals.portfolio.access import PAIR_PARTS, Access, access_of
from proposals.portfolio.domain.abilities import Ability
from workspaces.models import Person


@dataclass(frozen=True, slots=True)
class ThreadAccess:
    """A thread, and who somebody is to its document."""

    thread: Thread
    access: Access


FOR_OTHERS = "This was said for another committee, which had the proposal before."
ON_VERSION = {Ability.READ: Ability.READ_VERSION, Ability.COMMENT: Ability.COMMENT_VERSION}


def ability_on(thread: Thread, ability: Ability) -> Ability:
    """What somebody needs for a thread: less for one that was begun on a text that was handed in."""
    return ON_VERSION[ability] if thread.version_id else ability


def version_on(access: Access, number: int | None) -> FrozenVersion | None:
    """The version with that number, if there is one that was handed in; 404 for any other number."""
    if number is None:
        return None
    version = version_of(access.document, number)
    if not version.closes:
        raise Http404
    version.document = access.document
    return version


def thread_for(person: Person, thread_id: int, ability: Ability = Ability.READ) -> ThreadAccess:
    """Fetch a thread; a stranger cannot tell one of others from one that does not exist."""
    parts = [*PARTS, "document__template", *(f"document__proposal__{part}" for part in PAIR_PARTS)]
    thread = Thread.objects.select_related(*parts).defer(*HEAVY).filter(pk=thread_id).first()
    if thread is None:
        raise Http404
    access = access_of(person, thread.document, ability_on(thread, ability))
    if not reads_draft(access) and not is_for_committee(thread, thread.document.proposal):
        raise PermissionDenied(FOR_OTHERS)
    return ThreadAccess(thread, access)
