"""What a child process does in a test of faults: called by name, with the epoch in its environment."""

import json
import os
from uuid import UUID

from proposals.editing import log
from proposals.editing.models import Epoch
from proposals.editing.services import freeze, open_epoch
from proposals.portfolio.models import Supporter
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
    epochs = [
        open_epoch(make_proposal(cast.pair, reference=f"MB-2026-{n:03}").documents.get())
        for n in range(int(os.environ["DOCUMENTS"]))
    ]
    keys = [as_(person).cookies["sessionid"].value for person in (cast.amara, cast.ben, cast.dele)]
    for each in epochs:
        make_supporter(each.document.proposal, cast.dele, Supporter.READER)
    return json.dumps({"epochs": [str(each.pk) for each in epochs], "cookies": keys})
