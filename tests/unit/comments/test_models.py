"""The rows of the margin."""

import pytest
from django.apps import apps
from django.db.models import PROTECT, ForeignKey

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
