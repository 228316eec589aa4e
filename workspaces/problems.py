"""Errors of the JSON API as problem details (RFC 9457), each with a sentence that a person could read."""

from collections.abc import Mapping
from http import HTTPStatus

from rest_framework import serializers
from rest_framework.exceptions import APIException, NotAuthenticated, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from workspaces.domain.refusals import RefusedError

CONTENT_TYPE = "application/problem+json"
SENTENCES = {
    HTTPStatus.UNAUTHORIZED: "Sign in first.",
    HTTPStatus.FORBIDDEN: "Your part in this does not allow it.",
    HTTPStatus.NOT_FOUND: "There is nothing here that you can see.",
}


class ProblemSerializer(serializers.Serializer[object]):
    """The shape of every error, for the API's schema."""

    type = serializers.CharField(default="about:blank")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    # DRF's own attribute of this name is about reading input, which a problem never does.
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


def problems(*codes: int) -> dict[tuple[int, str], type[ProblemSerializer]]:
    """The errors an address can answer with, as `described(responses=...)` takes them."""
    return {(code, CONTENT_TYPE): ProblemSerializer for code in codes}


class Unprocessable(APIException):
    """A rule says no to a request that is well formed."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


def problem_response(fault: Exception, context: dict[str, object]) -> Response | None:
    """What DRF calls for every exception; None lets it be a real failure (500), which is logged."""
    if isinstance(fault, RefusedError):
        fault = Unprocessable(str(fault))
    elif isinstance(fault, RecursionError):
        fault = ParseError("What was sent is nested too deeply.")
    response = exception_handler(fault, context)
    if response is None:
        return None
    if isinstance(fault, NotAuthenticated):
        response.status_code = HTTPStatus.UNAUTHORIZED
        response["WWW-Authenticate"] = 'Session realm="coprod"'
    status = HTTPStatus(response.status_code)
    response.data = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        **_said(fault, response, status),
    }
    response.content_type = CONTENT_TYPE
    return response


def _said(fault: Exception, response: Response, status: HTTPStatus) -> dict[str, object]:
    if isinstance(fault, ValidationError):
        fields = _by_field(response.data)
        return {"detail": "Some of what was sent cannot be used. See errors.", "errors": fields}
    detail = response.data.get("detail") if isinstance(response.data, Mapping) else None
    own_words = isinstance(fault, APIException) or bool(fault.args)
    return {"detail": str(detail) if detail and own_words else SENTENCES.get(status, status.description)}


def _by_field(data: object) -> dict[str, list[str]]:
    """{"title": ["Write a title."]}; under "" what belongs to no field; nested names joined by dots."""
    if not isinstance(data, Mapping):
        return {"": [str(each) for each in data] if isinstance(data, list) else [str(data)]}
    found: dict[str, list[str]] = {}
    for name, value in data.items():
        key = "" if name == "non_field_errors" else str(name)
        for inner, sentences in _by_field(value).items():
            found[".".join(part for part in (key, inner) if part)] = sentences
    return found
