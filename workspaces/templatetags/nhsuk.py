"""The `{% nhsuk %}`, `{% field %}` and `{% errors %}` tags: NHS England's own components in our pages."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from django import template
from django.forms import BaseForm, BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader

from workspaces.templatetags.fields import component_of, summary_of

register = template.Library()

_environment = Environment(
    undefined=ChainableUndefined,
    loader=PackageLoader("nhsuk_frontend_jinja"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
# Components whose macro does not follow from the folder's name.
_MACROS = {"images": "image", "tables": "table", "do-dont-list": "list"}


@register.simple_tag
def nhsuk(component: str, params: Mapping[str, object] | None = None, **options: object) -> SafeString:
    """`{% nhsuk "input" name="title" label__text="Title" %}`: snake_case becomes camelCase, `__` nests."""
    given = _merged(dict(params or {}), _nested(options))
    return _rendered(component, given)


@register.simple_tag
def field(bound: BoundField, **options: object) -> SafeString:
    """A Django form field as the NHS component that suits its widget."""
    if bound.is_hidden:
        return bound.as_hidden()
    component, params = component_of(bound)
    return _rendered(component, _merged(params, _nested(options)))


@register.simple_tag
def errors(*forms: BaseForm) -> SafeString:
    """The error summary of one or more forms, each line leading to its field; nothing when all is well."""
    lines = [line for form in forms if form for line in summary_of(form)]
    if not lines:
        return mark_safe("")
    return _rendered("error-summary", {"titleText": "There is a problem", "errorList": lines})


def _rendered(component: str, params: dict[str, object]) -> SafeString:
    # The macros escape every `text`; `_plain` lets only marked strings through as `html`.
    return mark_safe(str(_macro(component)(_plain(params))).strip())  # noqa: S308


@cache
def _macro(component: str) -> Callable[[object], str]:
    head, *tail = component.split("-")
    name = _MACROS.get(component, head + "".join(word.title() for word in tail))
    module = _environment.get_template(f"nhsuk/components/{component}/macro.jinja").module
    return cast(Callable[[object], str], getattr(module, name))


def _nested(options: Mapping[str, object]) -> dict[str, object]:
    """{"label__text": "Title"} -> {"label": {"text": "Title"}}."""
    tree: dict[str, object] = {}
    for path, value in options.items():
        *parents, leaf = path.split("__")
        branch, kebab = tree, False
        for parent in parents:
            branch = cast(dict[str, object], branch.setdefault(_key(parent, kebab=kebab), {}))
            kebab = parent == "attributes"
        branch[_key(leaf, kebab=kebab)] = value
    return tree


def _key(name: str, *, kebab: bool) -> str:
    """Option names are camelCase in NHS macros; names of HTML attributes take hyphens."""
    head, *tail = name.split("_")
    return "-".join([head, *tail]) if kebab else head + "".join(word.title() for word in tail)


def _merged(base: dict[str, object], extra: Mapping[str, object]) -> dict[str, object]:
    merged = dict(base)
    for key, value in extra.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, Mapping) else value
    return merged


def _plain(value: object, key: str = "") -> object:
    """Plain strings, lists and dicts, so that Jinja escapes everything that nobody marked as safe HTML."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v, str(k)) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool | int | float):
        return value
    text = str(value) if isinstance(value, Promise) else value
    if key == "html" or key.endswith("Html"):
        return _marked(text, key)
    if key == "attributes":
        raise TypeError("Attributes of an NHS component are a mapping, not a string.")
    # Joining drops a SafeString's mark: `text` is always escaped by the macro, once.
    return "".join(str(text))


def _marked(value: object, key: str) -> SafeString:
    if not isinstance(value, SafeData):
        raise TypeError(f"'{key}' takes only HTML that is marked safe; use '{key.replace('html', 'text')}'.")
    return cast(SafeString, value)
