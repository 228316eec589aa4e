"""JSON about versions: those of a proposal, and one by the hash that a decision names."""

from typing import cast

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.editing import selectors
from proposals.editing.api.documents import PROBLEMS, STAGES
from proposals.editing.models import FrozenVersion
from workspaces.described import described
from workspaces.models import Person


class VersionSerializer(serializers.ModelSerializer[FrozenVersion]):
    """What is known of a version without reading it."""

    stage = serializers.ChoiceField(choices=STAGES, source="document.stage")
    document = serializers.IntegerField(source="document_id")
    template = serializers.CharField(source="template.version")
    frozen = serializers.BooleanField(source="closes", help_text="The text was closed with it.")
    made_by = serializers.CharField(source="made_by.name", default="")
    url = serializers.SerializerMethodField(help_text="The version itself.")

    class Meta:
        model = FrozenVersion
        fields = (
            "document", "stage", "number", "title", "frozen", "seq", "sha256", "template", "made_by",
            "made_at", "url",
        )  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_url(self, version: FrozenVersion) -> str:
        return reverse("api_version", args=[version.sha256])


class ParagraphSerializer(serializers.Serializer[object]):
    """A numbered paragraph."""

    number = serializers.CharField()
    section = serializers.SlugField()
    text = serializers.CharField(allow_blank=True)


class WholeVersionSerializer(VersionSerializer):
    """A version with all that it says."""

    canonical = serializers.CharField(help_text="The very text that sha256 is the hash of: JSON, UTF-8.")
    markdown = serializers.CharField()
    paragraphs = ParagraphSerializer(many=True)

    class Meta(VersionSerializer.Meta):
        fields = (*VersionSerializer.Meta.fields, "canonical", "markdown", "paragraphs")  # type: ignore[assignment]


class VersionsView(APIView):
    """What was kept of a proposal's texts, newest first."""

    @described(operation_id="api_versions", responses={200: VersionSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, reference: str) -> Response:
        found = selectors.versions_for(cast(Person, request.user), reference)
        return Response(VersionSerializer(found, many=True).data)


class VersionView(APIView):
    """One version, found by its hash."""

    @described(operation_id="api_version", responses={200: WholeVersionSerializer, **PROBLEMS})
    def get(self, request: Request, sha256: str) -> Response:
        found = selectors.version_for(cast(Person, request.user), sha256)
        return Response(WholeVersionSerializer(found).data)
