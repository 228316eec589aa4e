"""The rows of the margin."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import PROTECT, ForeignKey

from proposals.comments.models import Audience, Thread
from proposals.editing import services as editing
from proposals.portfolio.models import Document, Proposal
from tests.moving import make_committee
from tests.people import Cast
from tests.threads import begun, open_thread

REFERENCES = [
    pytest.param(field, id=f"{model.__name__}.{field.name}")
    for model in apps.get_app_config("comments").get_models()
    for field in model._meta.get_fields()
    if isinstance(field, ForeignKey)
]


@pytest.mark.parametrize("field", REFERENCES)
def test_nothing_goes_with_anything(field: "ForeignKey[object, object]") -> None:
    """[CM5]"""
    assert field.remote_field.on_delete is PROTECT


@pytest.mark.django_db(transaction=True)
def test_threads_of_before_are_for_the_committee_of_today(document: Document, cast: Cast) -> None:
    """[CM38] Those begun on what was handed in; the draft's stay with those who read it."""
    committee = make_committee(cast)
    Proposal.objects.filter(pk=document.proposal_id).update(committee=committee)
    begun(document)
    theirs, private = (open_thread(document, by=cast.amara) for _ in range(2))
    Thread.objects.filter(pk=theirs.pk).update(version=editing.name_version(document, "One", by=cast.amara))
    try:
        MigrationExecutor(connection).migrate([("comments", "0003_hidden_comments")])
    finally:
        new = MigrationExecutor(connection)
        new.migrate(new.loader.graph.leaf_nodes())
    assert list(Audience.objects.values_list("thread", "committee")) == [(theirs.pk, committee.pk)]
    assert not private.audiences.exists()
