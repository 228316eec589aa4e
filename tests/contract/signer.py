"""A process of its own in which one person signs or hands in, at a given instant."""

import time
from typing import TYPE_CHECKING, ClassVar

from tests.contract.racer import Order, Racer, serve

if TYPE_CHECKING:  # models cannot be imported before the child has set up
    from proposals.portfolio.models import Proposal
    from workspaces.models import Person

# How long before the instant both are told of it.
LEAD = 0.03


class Signer(Racer):
    """One of the pair, on a connection and in a process of their own."""

    module: ClassVar = "tests.contract.signer"

    def will(self, what: str, proposal: "Proposal", person: "Person", *, at: float, seen: str = "") -> None:
        self.tell({"do": what, "proposal": proposal.pk, "person": person.pk, "at": at, "seen": seen})


def at_once(*deeds: "tuple[Signer, Person]", what: str, proposal: "Proposal", seen: str = "") -> list[object]:
    """All do the same at one instant; what each came to."""
    at = time.time() + LEAD
    for signer, person in deeds:
        signer.will(what, proposal, person, at=at, seen=seen)
    return [signer.answer() for signer, _ in deeds]


def obey(order: Order) -> object:
    from proposals.portfolio.models import Proposal  # noqa: PLC0415 - after the set-up
    from proposals.workflow import services  # noqa: PLC0415
    from workspaces.models import Person  # noqa: PLC0415

    proposal, person = (
        Proposal.objects.get(pk=int(str(order["proposal"]))),
        Person.objects.get(pk=int(str(order["person"]))),
    )
    while time.time() < float(str(order["at"])):
        pass
    try:
        if order["do"] == "sign":
            services.sign_off(proposal, str(order["seen"]), by=person)
        else:
            services.submit(proposal, by=person, patience=0)
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return f"{type(error).__name__}: {error}"
    return "done"


if __name__ == "__main__":
    serve(obey)
