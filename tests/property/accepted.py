"""Documents that the gate let pass although their writer does not care about sense: a seeded generator."""

import random

from proposals.editing.domain.gate import Gap, Known, Refused
from tests.unit.editing_domain.craft import (
    AMARA,
    BEN,
    Id,
    block,
    collected,
    deleted,
    judge,
    mark,
    mine,
    row,
    text,
    update,
    values,
)

CLIENTS = (AMARA, BEN, 7)
SEED = update(block(2, 0, text("\n"), text("\n", parent="t:how")))


def documents(rng: random.Random, number: int) -> list[list[bytes]]:
    """The log of each document: what entered, as it entered."""
    return [_document(rng) for _ in range(number)]


def _document(rng: random.Random) -> list[bytes]:
    known, log = Known.of(SEED), [SEED]
    for _ in range(14):
        try:
            accepted = judge(_update(rng, known), known, mine(*CLIENTS))
        except (Refused, Gap):
            continue
        if not accepted.brings_nothing:
            known.learn(accepted)
            log.append(accepted.update)
    return log


def _update(rng: random.Random, known: Known) -> bytes:
    client = rng.choice(CLIENTS)
    clock = max(0, known.clocks.get(client, 0) - rng.choice((0,) * 9 + (1, 2, 3)))
    structs = [_struct(rng, known, (client, clock + n)) for n in range(rng.randrange(1, 4))]
    victims = rng.sample((*CLIENTS, 2), rng.choice((0, 0, 1, 2)))
    deletes = {victim: [(rng.randrange(8), rng.randrange(1, 3))] for victim in victims}
    return update(block(client, clock, *structs), deletes=deletes)


def _struct(rng: random.Random, known: Known, own: Id) -> bytes:
    where: dict[str, object] = {}
    if rng.random() < 0.6:
        where["origin"] = _neighbour(rng, known, own)
    if rng.random() < 0.35:
        where["right"] = _neighbour(rng, known, own)
    if not where:
        roots = ("t:why", "t:why", "t:how", "r:people", "f:cost")
        where["parent"] = rng.choice((*roots, _neighbour(rng, known, own), _neighbour(rng, known, own)))
        if where["parent"] not in roots[:4]:
            where["sub"] = rng.choice("ab")
    return _content(rng, where)


def _content(rng: random.Random, where: dict[str, object]) -> bytes:
    kind = rng.randrange(20)
    if kind < 7:
        return text(rng.choice(("a", "bc", "😀", "\n", "x😀z")), **where)
    if kind < 10:
        return mark(
            rng.choice(("strong", "link", "h")), rng.choice((True, None, 3, {"href": "https://a"})), **where
        )
    if kind < 12:
        return deleted(rng.randrange(1, 4), **where)
    if kind < 16:
        return values(*"pqr"[: rng.randrange(1, 4)], **where)
    return row(**where) if kind < 19 else collected(rng.randrange(1, 4))


def _neighbour(rng: random.Random, known: Known, own: Id) -> Id:
    """Mostly something that exists, now and then something of this very update, or nothing at all."""
    chance = rng.random()
    if chance < 0.55:
        client = rng.choice(list(known.clocks))
        return client, rng.randrange(known.clocks[client])
    if chance < 0.9 and own[1]:
        return own[0], rng.randrange(own[1])
    return rng.choice(CLIENTS), rng.randrange(12)
