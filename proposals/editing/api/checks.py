"""JSON: whether a section's content could stand in a document, before anybody writes it there."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import cast

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.portfolio.access import document_for
from proposals.portfolio.domain import filling
from proposals.portfolio.models import Section
from workspaces.described import described
from workspaces.models import Person
from workspaces.problems import problems

ROWS = 1_000
LENGTH = 20_000


class Unusable(serializers.ValidationError):
    """What was sent is well formed and cannot stand there."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


class SectionContentSerializer(serializers.Serializer[object]):
    """A section as a program would fill it in: every value as people write it."""

    section = serializers.SlugField()
    text = serializers.CharField(default="", allow_blank=True, max_length=LENGTH)
    form = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=LENGTH), default=dict
    )
    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=LENGTH)),
        default=list,
        max_length=ROWS,
    )


class SectionCheckSerializer(serializers.Serializer[object]):
    """What is there can be used; these sentences say what it still needs."""

    section = serializers.SlugField()
    gaps = serializers.ListField(child=serializers.CharField())


class SectionCheckView(APIView):
    """Content for one section, held against its template. Nothing is written."""

    @described(
        operation_id="api_document_check",
        request=SectionContentSerializer,
        responses={200: SectionCheckSerializer, **problems(400, 401, 403, 404, 422)},
    )
    def post(self, request: Request, document_id: int) -> Response:
        """Check content for a section: 422 names each field that cannot be used, 200 says what is missing."""
        document = document_for(cast(Person, request.user), document_id)
        given = SectionContentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        section = document.template.sections.filter(key=said["section"]).first()
        if section is None:
            raise Unusable({"section": [_unknown("section", said["section"])]})
        if wrong := _wrong(section, said):
            raise Unusable(wrong)
        route = document.proposal.route
        gaps = filling.missing(section, said["text"], said["form"], said["rows"], route=route)
        return Response(SectionCheckSerializer({"section": section.key, "gaps": gaps}).data)


def _wrong(section: Section, said: Mapping[str, object]) -> dict[str, list[str]]:
    """The sentences about what cannot stand in this section, by the part of the request."""
    form = cast(Mapping[str, str], said["form"])
    rows = cast(list[Mapping[str, str]], said["rows"])
    found = {
        "text": [f"“{section.title}” has no text."] if said["text"] and not section.has_prose else [],
        "form": [*_strange("field", form, section.fields), *filling.wrong(section, form, [])],
        "rows": [
            *dict.fromkeys(sentence for row in rows for sentence in _strange("column", row, section.columns)),
            *filling.wrong(section, {}, rows),
        ],
    }
    return {part: sentences for part, sentences in found.items() if sentences}


def _strange(kind: str, said: Mapping[str, str], asked: Iterable[Mapping[str, object]]) -> list[str]:
    """What nobody asked for. A row may carry its id."""
    known = {str(question["key"]) for question in asked} | ({"id"} if kind == "column" else set())
    return [_unknown(kind, key) for key in said if key not in known]


def _unknown(kind: str, key: str) -> str:
    where = "This document" if kind == "section" else "This section"
    return f"{where} has no {kind} “{key[:40]}”."
