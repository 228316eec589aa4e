"""Addresses of a document: editor, reading page, Markdown and JSON."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from proposals.editing import api, views
from proposals.portfolio.domain.stages import Stage


class StageConverter(StringConverter):
    """The stages that have a document; other words after a reference belong to other pages."""

    regex = "|".join(stage.value for stage in Stage if stage is not Stage.CLOSED)


class NewerConverter(StringConverter):
    """The newer side of a comparison: a version, or the text as it is now."""

    regex = r"[0-9]{1,9}|now"


register_converter(StageConverter, "stage")
register_converter(NewerConverter, "newer")
VERSIONS = "proposals/<str:reference>/<stage:stage>/versions/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/<str:reference>/<stage:stage>/", views.editor, name="editor"),
    path("proposals/<str:reference>/<stage:stage>/text/", views.text, name="text"),
    path("proposals/<str:reference>/<stage:stage>/text.md", views.text_markdown, name="text_markdown"),
    path(VERSIONS, views.versions, name="versions"),
    path(f"{VERSIONS}<int:number>/restoration/", views.restoration, name="restoration"),
    path(f"{VERSIONS}<int:older>..<newer:newer>/", views.redline, name="redline"),
    path("api/proposals/<str:reference>/versions/", api.VersionsView.as_view(), name="api_versions"),
    path("api/versions/<str:sha256>/", api.VersionView.as_view(), name="api_version"),
    path("api/documents/<int:document_id>/", api.DocumentView.as_view(), name="api_document"),
    path("api/documents/<int:document_id>/text/", api.DocumentTextView.as_view(), name="api_document_text"),
    path("api/documents/<int:document_id>/check/", api.SectionCheckView.as_view(), name="api_document_check"),
    path("api/documents/<int:document_id>/gaps/", api.DocumentGapsView.as_view(), name="api_document_gaps"),
]
