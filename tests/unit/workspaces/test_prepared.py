"""Questions put together once: they answer as the query itself does, for whoever asks."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.editing.models import Epoch
from proposals.editing.services import open_epoch
from proposals.portfolio.models import Document
from tests.people import Cast
from workspaces.models import Deputy, Membership, Person
from workspaces.prepared import Prepared

EPOCHS = Prepared(
    lambda epoch, **_: Epoch.objects.select_related("document__proposal__pair__clinician__person").filter(
        pk=epoch
    ),
    UUID,
)
NAMED = Prepared(lambda email, **_: Person.objects.filter(email=email).order_by("pk"), str)
STANDING_IN = Prepared(
    lambda pair, on: Deputy.objects.filter(pair=pair, starts_on__lte=on, ends_on__gte=on).values_list("pk"),
    int,
)


def test_objects_come_as_from_the_query(
    document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """With what hangs on them, and nothing is asked twice."""
    epoch = open_epoch(document)
    EPOCHS.find(epoch.pk)
    with django_assert_num_queries(1):
        [found] = EPOCHS.find(epoch.pk)
        person = found.document.proposal.pair.clinician.person
    assert model_to_dict(found) == model_to_dict(Epoch.objects.get(pk=epoch.pk))
    assert found.opened_at == epoch.opened_at
    assert model_to_dict(person) == model_to_dict(Person.objects.get(pk=person.pk))
    assert not found._state.adding


def test_each_asks_for_its_own(document: Document, cast: Cast) -> None:
    epoch = open_epoch(document)
    assert EPOCHS.find(uuid4()) == []
    assert EPOCHS.find(epoch.pk) == [epoch]
    assert NAMED.find(cast.ben.email) == [cast.ben]
    assert NAMED.find(cast.amara.email) == [cast.amara]
    assert NAMED.find("nobody@example.org") == []


def test_a_missing_relation_is_none(document: Document) -> None:
    """An outer join that finds nothing."""
    asked = Prepared(
        lambda pk, **_: Document.objects.select_related("proposal__committee").filter(pk=pk), int
    )
    [found] = asked.find(document.pk)
    assert found.proposal.committee is None


def test_the_day_is_today_unless_given(cast: Cast) -> None:
    today = timezone.localdate()
    place = Membership.objects.get(person=cast.dele)
    deputy = Deputy.objects.create(
        pair=cast.pair,
        membership=place,
        side=place.side,
        starts_on=today,
        ends_on=today,
        appointed_by=cast.amara,
    )
    assert STANDING_IN.ask(cast.pair.pk) == [(deputy.pk,)]
    assert STANDING_IN.ask(cast.pair.pk, on=today + timedelta(days=1)) == []
    assert STANDING_IN.ask(cast.pair.pk, on=date.min) == []


def test_a_value_too_few_is_an_error(cast: Cast) -> None:
    with pytest.raises(ValueError, match="zip"):
        STANDING_IN.ask()
