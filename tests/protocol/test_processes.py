"""Two processes on one database: what is typed at one is seen at the other, hint or no hint."""

import pytest

from proposals.editing.domain.protocol import CloseCode
from tests.protocol.conftest import Place, ask
from tests.protocol.server import Server
from workspaces import notices

pytestmark = pytest.mark.live


async def test_the_other_process_is_seen(place: Place, second: Server) -> None:
    """[ED53] By the slow poll alone, within 2.5 s; and both sides end equal."""
    elsewhere = place.on(second)
    async with place.peer(place.cast.amara) as amara, elsewhere.peer(place.cast.ben) as ben:
        amara.type("Here.")
        ben.type("There.")
        await ben.until(lambda: "Here." in ben.said, seconds=4)
        await amara.until(lambda: "There." in amara.said, seconds=4)
        assert amara.said == ben.said


async def test_both_write_at_once(place: Place, second: Server) -> None:
    """[ED53] Their rows interleave in the log; nobody misses one."""
    elsewhere = place.on(second)
    async with place.peer(place.cast.amara) as amara, elsewhere.peer(place.cast.ben) as ben:
        for n in range(30):
            amara.type(f"a{n} ")
            ben.type(f"b{n} ")
            if n % 10 == 0:
                await amara.saved()
                await ben.saved()
        await amara.saved()
        await ben.saved()
        await amara.until(lambda: "b29 " in amara.said, seconds=6)
        await ben.until(lambda: ben.said == amara.said, seconds=6)
        seqs = [seq for seq, _ in await place.rows()]
        assert seqs == list(range(1, len(seqs) + 1))


async def test_a_client_id_is_one_persons_everywhere(place: Place, second: Server) -> None:
    """[ED51] Announced by two people at two processes: the first to write has it, the log decides."""
    elsewhere = place.on(second)
    me, you = (
        p.peer(who, client=777_777) for p, who in ((place, place.cast.amara), (elsewhere, place.cast.ben))
    )
    async with me as amara, you as ben:
        amara.type("Mine.")
        await amara.saved()
        ben.type("No, mine.")
        await ben.until(lambda: ben.is_closed)
        assert ben.code == CloseCode.OTHER_EPOCH
        assert [code for _, code, _ in ben.rejects] == ["client-id"]


async def test_a_client_that_changes_processes_loses_nothing(place: Place, second: Server) -> None:
    """[ED54] Its next update builds on rows that the new process has not read yet: resync, no loss."""
    elsewhere = place.on(second)
    async with elsewhere.peer(place.cast.ben) as ben, place.peer(place.cast.amara) as amara:
        amara.type("Before. ")
        await amara.saved()
        await amara.disconnect()
        amara.door = elsewhere.door(place.cast.amara)
        await amara.connect()
        amara.type("After.")
        await amara.saved()
        await ben.until(lambda: "Before. " in ben.said and "After." in ben.said)
        assert ben.said == amara.said


async def test_a_hint_reaches_an_open_document(place: Place) -> None:
    """Hints of this process are not heard by another without a transport, and nothing depends on them."""
    await ask(lambda: notices.publish(f"proposal.{place.epoch.document.proposal_id}", "title"))
    async with place.peer(place.cast.amara) as amara:
        amara.type("No matter.")
        await amara.saved()
