"""The sockets of a draft: for those who may read it, and only as long as they may."""

from urllib.request import Request, urlopen

import pytest
from django.urls import reverse

from proposals.editing.domain.protocol import CloseCode
from proposals.portfolio.models import Supporter
from tests.protocol.clients import close_code
from tests.protocol.conftest import Place, ask

pytestmark = pytest.mark.live


async def test_it_works(place: Place) -> None:
    """[PF24] A reader sees what is written as it is written."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.dele) as dele:
        amara.type("Thinking aloud.")
        await dele.until(lambda: "Thinking aloud." in dele.said)


async def test_eve_gets_404(place: Place) -> None:
    """[PF1] [PF26] For a stranger and for a patient partner who is not invited there is nothing here."""
    for person in (place.cast.eve, place.cast.mags):
        assert await close_code(place.door(person)) == CloseCode.UNKNOWN


async def test_a_colleague_stays_outside(place: Place) -> None:
    """[PF24] Whoever sees the proposal and may not read it is told apart: 4403."""
    for ours in (True, False):
        assert await close_code(place.door(place.cast.chandra, ours=ours)) == CloseCode.NO_ACCESS


async def test_a_reader_who_is_removed_is_out(place: Place) -> None:
    """[PF28] The open socket ends, and does not open again."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.dele) as dele:
        await dele.until(lambda: bool(dele.states))
        await ask(lambda: remove_the_reader(place))
        await dele.until(lambda: dele.is_closed)
        assert dele.code == CloseCode.NO_ACCESS
        amara.type("Between us.")
        await amara.saved()
        assert "Between us." not in dele.said
    assert await close_code(place.door(place.cast.dele)) == CloseCode.NO_ACCESS


def remove_the_reader(place: Place) -> None:
    """As Amara does, on the page of this server: a process hears at once of what happens in it."""
    reader = Supporter.objects.select_related("proposal").get(membership__person=place.cast.dele)
    token = "a" * 32
    cookie = f"sessionid={place.cookies[place.cast.amara.pk]}; csrftoken={token}"
    headers = {"Cookie": cookie, "X-CSRFToken": token, "Origin": place.server.address}
    url = place.server.address + reverse("supporter_ending", args=[reader.proposal.reference, reader.pk])
    with urlopen(Request(url, data=b"", headers=headers)) as answer:
        assert answer.status == 200
