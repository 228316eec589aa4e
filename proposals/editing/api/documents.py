"""JSON about a document: where to join it, what may be done, and its text as Markdown."""

from dataclasses import dataclass
from typing import cast

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.editing import quarantine, scribe, selectors, services
from proposals.editing.domain.gaps import gaps
from proposals.editing.domain.whole import part_markdown, whole
from proposals.editing.models import Epoch
from proposals.portfolio.access import document_abilities_for, document_for
from proposals.portfolio.domain.abilities import Grant
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Document, Section
from workspaces.described import described
from workspaces.models import Person
from workspaces.problems import ProblemSerializer

STAGES = [(stage.value, stage.label) for stage in Stage]
PROBLEMS = {401: ProblemSerializer, 403: ProblemSerializer, 404: ProblemSerializer}


@extend_schema_serializer(component_name="DocumentGrant")
class GrantSerializer(serializers.Serializer[Grant]):
    """Whether the reader may do it, and if not, why."""

    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


@extend_schema_serializer(component_name="DocumentSection")
class SectionSerializer(serializers.Serializer[Section]):
    """One section of the template, with the names of its shared types."""

    key = serializers.SlugField()
    title = serializers.CharField()
    prompt = serializers.CharField()
    lead = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # the name of a serializer option too
    word_limit = serializers.IntegerField(allow_null=True)
    roots = serializers.ListField(
        child=serializers.CharField(), help_text="t: is a Y.Text, f: a Y.Map, r: a Y.Array of Y.Map."
    )


class DocumentSerializer(serializers.Serializer[object]):
    """What a program needs to join a document."""

    id = serializers.IntegerField()
    epoch = serializers.UUIDField(
        allow_null=True, help_text="The unbroken history that is open, or was last."
    )
    stage = serializers.ChoiceField(choices=STAGES)
    websocket_path = serializers.CharField(
        allow_blank=True, help_text="For a Yjs provider: y-protocols sync and awareness. Empty: not now."
    )
    sections = SectionSerializer(many=True)
    abilities = serializers.DictField(child=GrantSerializer())
    frozen = serializers.BooleanField(help_text="The text is complete and never changes again.")
    notice = serializers.CharField(
        allow_blank=True,
        help_text="Says so when a part of the text could not be read and was set aside. Nobody writes then.",
    )


class SectionTextSerializer(serializers.Serializer[object]):
    """One section as Markdown: single answers, then the table, then the prose."""

    key = serializers.SlugField()
    title = serializers.CharField()
    markdown = serializers.CharField(allow_blank=True)


class DocumentTextSerializer(serializers.Serializer[object]):
    """What a document says."""

    id = serializers.IntegerField()
    stage = serializers.ChoiceField(choices=STAGES)
    seq = serializers.IntegerField(help_text="The newest change this text holds.")
    saved_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(
        allow_blank=True, help_text="Says so when the text may miss the newest changes."
    )
    sections = SectionTextSerializer(many=True)
    markdown = serializers.CharField(help_text="The whole document.")


class SectionGapsSerializer(serializers.Serializer[object]):
    """What one section still needs."""

    key = serializers.SlugField()
    gaps = serializers.ListField(child=serializers.CharField(), help_text="Sentences. Empty: nothing.")


class DocumentGapsSerializer(serializers.Serializer[object]):
    """What a document still needs."""

    id = serializers.IntegerField()
    seq = serializers.IntegerField(help_text="The newest change that was looked at.")
    sections = SectionGapsSerializer(many=True)


@dataclass(frozen=True, slots=True)
class _Joining:
    """A document with its epoch and what the reader may do."""

    id: int
    epoch: object
    stage: str
    websocket_path: str
    sections: list[Section]
    abilities: dict[str, Grant]
    frozen: bool
    notice: str


class DocumentView(APIView):
    """Where to join a document, and what the reader may do there."""

    @described(operation_id="api_document", responses={200: DocumentSerializer, **PROBLEMS})
    def get(self, request: Request, document_id: int) -> Response:
        person = cast(Person, request.user)
        document = document_for(person, document_id)
        epoch = _epoch(document)
        joining = _Joining(
            id=document.pk,
            epoch=epoch.pk if epoch else None,
            stage=document.stage,
            websocket_path=f"/ws/documents/{epoch.pk}" if epoch else "",
            sections=list(document.template.sections.order_by("order")),
            abilities={str(name): grant for name, grant in document_abilities_for(person, document).items()},
            frozen=epoch is not None and epoch.closed_at is not None,
            notice=quarantine.HELD if epoch and quarantine.is_held(epoch.pk) else "",
        )
        return Response(DocumentSerializer(joining).data)


class DocumentTextView(APIView):
    """A document as Markdown, section by section and whole."""

    @described(operation_id="api_document_text", responses={200: DocumentTextSerializer, **PROBLEMS})
    def get(self, request: Request, document_id: int) -> Response:
        document = document_for(cast(Person, request.user), document_id)
        sections = list(document.template.sections.order_by("order"))
        reading = selectors.reading_of(document)
        said = [
            {"key": each.key, "title": each.title, "markdown": part_markdown(each, reading.content)}
            for each in sections
        ]
        text = {
            "id": document.pk,
            "stage": document.stage,
            "seq": reading.seq,
            "saved_at": reading.saved_at,
            "note": reading.note,
            "sections": said,
            "markdown": whole(document.proposal.title, sections, reading.content),
        }
        return Response(DocumentTextSerializer(text).data)


class DocumentGapsView(APIView):
    """What a document still needs, section by section, in the words that the gate uses."""

    @described(operation_id="api_document_gaps", responses={200: DocumentGapsSerializer, **PROBLEMS})
    def get(self, request: Request, document_id: int) -> Response:
        document = document_for(cast(Person, request.user), document_id)
        reading = selectors.reading_of(document)
        route = document.proposal.route
        found = [
            {"key": each.key, "gaps": gaps(each, reading.content, route)}
            for each in document.template.sections.order_by("order")
        ]
        return Response(
            DocumentGapsSerializer({"id": document.pk, "seq": reading.seq, "sections": found}).data
        )


def _epoch(document: Document) -> Epoch | None:
    """The epoch to join; the last one when nobody writes here any more."""
    try:
        return services.open_epoch(document)
    except services.DocumentClosed:
        return selectors.newest_epoch(document)
    except scribe.ScribeFailed:
        return None
