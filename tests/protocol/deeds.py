"""What a child process does in a test of faults: called by name, with the epoch in its environment."""

import json
import os
from uuid import UUID

from proposals.editing import log
from proposals.editing.models import Epoch
from proposals.editing.services import freeze, open_epoch
from proposals.portfolio.models import Document, Proposal, Supporter
from tests.people import as_, people
from tests.proposals import make_proposal, make_supporter


def epoch() -> UUID:
    return UUID(os.environ["EPOCH"])


def compact() -> None:
    log.compact(epoch())


def freeze_it() -> None:
    freeze(Epoch.objects.get(pk=epoch()).document, by=None, patience=0)


def furnish() -> str:
    """Amara and Ben's documents, as many as somebody asks for: what a test needs to knock at their doors."""
    cast = people()
    first = make_proposal(cast.pair, reference="MB-2026-0000").documents.get()
    documents = [first, *(another(first, n) for n in range(1, int(os.environ["DOCUMENTS"])))]
    for each in documents:
        make_supporter(each.proposal, cast.dele, Supporter.READER)
    keys = [as_(person).cookies["sessionid"].value for person in (cast.amara, cast.ben, cast.dele)]
    return json.dumps({"epochs": [str(open_epoch(each).pk) for each in documents], "cookies": keys})


def another(first: Document, number: int) -> Document:
    """Like the first one; its template is not read anew."""
    like = first.proposal
    proposal = Proposal.objects.create(
        workspace=like.workspace,
        reference=f"MB-2026-{number:04}",
        title=like.title,
        pair=like.pair,
        created_by=like.created_by,
    )
    return Document.objects.create(proposal=proposal, stage=first.stage, template=first.template)
