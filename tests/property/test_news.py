"""When news leave by e-mail: whatever comes, is read or is chosen, nothing is lost, doubled or late."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workspaces.domain.news import WINDOW, Kind, Letter, Pending, Plan, Way, Wishes, plan
from workspaces.domain.post import MOST_ATTEMPTS, next_attempt

START = datetime(2026, 11, 25, 9, tzinfo=UTC)
moments = st.integers(0, 90).map(lambda minutes: START + timedelta(minutes=minutes))
kinds = st.sampled_from(Kind)
wishes = st.builds(
    Wishes,
    by_email=st.sampled_from([True, True, True, False]),
    ways=st.dictionaries(kinds.map(lambda kind: kind.value), st.sampled_from([way.value for way in Way])),
    muted=st.frozensets(st.integers(1, 2), max_size=1),
)
happenings = st.lists(
    st.tuples(moments, st.integers(1, 3), st.integers(1, 2), kinds, st.none() | st.booleans()), max_size=25
)
# Who reads which piece of news, by its place in the list, and when.
readings = st.dictionaries(st.integers(0, 24), moments)


@dataclass
class Day:
    """A sender that looks whenever its plan says so, and whenever something happens."""

    wishes: dict[int, Wishes]
    pending: dict[int, Pending] = field(default_factory=dict)
    mailed: list[tuple[datetime, Letter]] = field(default_factory=list)
    unmailed: list[int] = field(default_factory=list)

    def look(self, now: datetime) -> Plan:
        found = plan(self.pending.values(), self.wishes, now)
        for letter in found.letters:
            self.mailed.append((now, letter))
            for number in letter.news:
                del self.pending[number]
        for number in found.unmailed:
            self.unmailed.append(number)
            del self.pending[number]
        return found

    def wait(self, until: datetime | None) -> None:
        """Look at each moment the plan names, up to `until`."""
        at = START
        while True:
            following = plan(self.pending.values(), self.wishes, at).next_at
            if following is None or (until is not None and following > until):
                return
            at = following
            self.look(at)


def lived(
    news: list[tuple[datetime, int, int, Kind, bool | None]], read: dict[int, datetime], day: Day
) -> None:
    steps = [(at, 0, number) for number, (at, *_) in enumerate(news)]
    steps += [(max(at, news[number][0]), 1, number) for number, at in read.items() if number < len(news)]
    for at, reads, number in sorted(steps):
        day.wait(at)
        if reads:
            day.pending.pop(number, None)
        else:
            when, person, proposal, kind, urgent = news[number]
            day.pending[number] = Pending(number, person, proposal, kind, when, urgent)
            day.look(at)
    day.wait(None)


@given(happenings, st.dictionaries(st.integers(1, 3), wishes), readings)
def test_nothing_is_lost_doubled_or_late(
    news: list[tuple[datetime, int, int, Kind, bool | None]],
    chosen: dict[int, Wishes],
    read: dict[int, datetime],
) -> None:
    """[NW3] [NW4] [NW5]"""
    day = Day(chosen)
    lived(news, read, day)
    mailed = [number for _, letter in day.mailed for number in letter.news]
    assert len(mailed) == len(set(mailed))
    assert day.pending == {}
    gone = {number: at for at, letter in day.mailed for number in letter.news}
    for number, (at, person, proposal, kind, urgent) in enumerate(news):
        way = chosen.get(person, Wishes()).way(kind, proposal, urgent=urgent)
        seen = max(read[number], at) if number in read else None
        if way is Way.APP:
            assert number in day.unmailed
        elif seen is None:
            assert gone[number] == at if way is Way.AT_ONCE else at <= gone[number] <= at + WINDOW
        else:
            assert number not in gone or gone[number] <= seen
    for _, letter in day.mailed:
        assert {news[number][1] for number in letter.news} == {letter.person}
        assert len({news[number][2] for number in letter.news}) == 1


@given(happenings)
def test_a_window_is_one_mail(news: list[tuple[datetime, int, int, Kind, bool | None]]) -> None:
    """[NW3] Two digests about one proposal to one person are at least a window apart."""
    day = Day({})
    lived([(at, person, proposal, kind, False) for at, person, proposal, kind, _ in news], {}, day)
    last: dict[tuple[int, int], datetime] = {}
    for at, letter in day.mailed:
        group = (letter.person, news[letter.news[0]][2])
        first = min(news[number][0] for number in letter.news)
        assert at == first + WINDOW
        assert group not in last or first >= last[group]
        last[group] = at


@given(st.integers(1, MOST_ATTEMPTS - 1))
def test_pauses_grow(attempts: int) -> None:
    """[NW8]"""
    following = next_attempt(attempts, START)
    assert following is not None
    later = next_attempt(attempts + 1, START)
    assert later is None or later >= following > START
