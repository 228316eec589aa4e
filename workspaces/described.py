"""What the API's schema says of an address, kept beside it until somebody asks for the schema.

drf-spectacular has a decorator for this, but it loads the whole generator, and Django's test client with it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, TypeVar, Unpack

Method = TypeVar("Method", bound=Callable[..., Any])


class Description(TypedDict, total=False):
    """As drf-spectacular's `extend_schema` takes it; what is left out is found out from the code."""

    operation_id: str
    summary: str
    parameters: Sequence[Any]
    request: Any
    responses: Mapping[Any, Any]


def described(**said: Unpack[Description]) -> Callable[[Method], Method]:
    """Puts the description on a method of an API view."""

    def put(method: Method) -> Method:
        method.described = said  # type: ignore[attr-defined]
        return method

    return put


def description_of(view: object, verb: str) -> Description:
    """What was said of the view's method for an HTTP verb."""
    said: Description = getattr(getattr(view, verb.lower(), None), "described", Description())
    return said
