"""The network goes, or the server does: nothing that was typed is lost, and the page says what is saved."""

import pytest

from proposals.editing.selectors import content_of
from proposals.portfolio.models import Document
from tests.browser.desks import Desk, agree, together
from tests.protocol.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Frail people go home later than they need to."
HIS = "Each extra night costs about three hundred pounds."


def test_a_server_killed_while_both_type_loses_nothing(
    desk_of_amara: Desk, desk_of_ben: Desk, server: Server, document: Document
) -> None:
    amara, ben = desk_of_amara, desk_of_ben
    amara.write("problem", "Acknowledged before. ").expect_saved()
    amara.enter("problem")
    ben.enter("baseline")

    def power_cut(letter: int) -> None:
        if letter == 15:
            server.kill9()

    together((amara, HERS), (ben, HIS), after=power_cut)
    assert amara.text("problem") == f"Acknowledged before. {HERS}"
    server.start()
    amara.expect_saved()
    ben.expect_saved()
    assert agree("problem", amara, ben) == f"Acknowledged before. {HERS}"
    assert agree("baseline", amara, ben) == HIS
    kept = content_of(document)
    assert HERS in kept.texts["problem"]
    assert HIS in kept.texts["baseline"]
