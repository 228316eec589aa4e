"""Which NHS component shows a Django form field, and with which options."""

from collections.abc import Callable, Iterator

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeData

Params = dict[str, object]
# Attributes that a component sets for itself, or that NHS guidance advises against.
_LEFT_OUT = {
    "autocomplete",
    "class",
    "id",
    "maxlength",
    "minlength",
    "placeholder",
    "required",
    "rows",
    "cols",
}


def component_of(bound: BoundField) -> tuple[str, Params]:
    """The component's name and its options, label, hint, value and error included."""
    for widget, build in _BUILDERS:
        if isinstance(bound.field.widget, widget):
            component, params = build(bound)
            return component, {**_error(bound), **params}
    raise TypeError(f"No NHS component for {type(bound.field.widget).__name__}.")


def summary_of(form: BaseForm) -> Iterator[Params]:
    """One line for each problem, in the order of the page; general ones first."""
    for message in form.non_field_errors():
        yield {"text": message}
    for bound in form:
        for message in bound.errors:
            yield {"text": message, "href": f"#{_first_id(bound)}"}


def _first_id(bound: BoundField) -> str:
    """The element that takes the focus when somebody follows an error."""
    return (
        f"{bound.auto_id}_day"
        if isinstance(bound.field.widget, forms.SelectDateWidget)
        else str(bound.auto_id)
    )


def _label(bound: BoundField) -> str:
    """A label that begins with "If" says itself when its field is needed."""
    label = str(bound.label)
    single = isinstance(bound.field.widget, forms.CheckboxInput)
    return label if bound.field.required or single or label.startswith("If ") else f"{label} (optional)"


def _hint(bound: BoundField) -> Params:
    if not bound.help_text:
        return {}
    return {"hint": {"html" if isinstance(bound.help_text, SafeData) else "text": bound.help_text}}


def _error(bound: BoundField) -> Params:
    return {"errorMessage": {"text": " ".join(map(str, bound.errors))}} if bound.errors else {}


def _common(bound: BoundField) -> Params:
    """What every single control shares."""
    attributes = bound.field.widget.attrs
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": {"text": _label(bound)},
        "autocomplete": attributes.get("autocomplete"),
        "classes": attributes.get("class"),
        "disabled": bound.field.disabled,
        "attributes": {name: value for name, value in attributes.items() if name not in _LEFT_OUT},
        **_hint(bound),
    }


def _text_of(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _input(bound: BoundField) -> tuple[str, Params]:
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    params = {**_common(bound), "type": kind, "value": _text_of(bound)}
    if kind == "number":
        # NHS guidance: type=number loses input and changes by scrolling.
        params |= {"type": "text", "inputmode": _digits(bound)}
    if kind == "email":
        params |= {"spellcheck": False, "width": "30"}
    return "input", params


def _digits(bound: BoundField) -> str:
    """Which keypad a phone shows; a DecimalField is an IntegerField too."""
    fractions = isinstance(bound.field, forms.DecimalField | forms.FloatField)
    return "decimal" if fractions else "numeric"


def _password(bound: BoundField) -> tuple[str, Params]:
    params = _common(bound)
    return "password-input", {
        **params,
        "autocomplete": params["autocomplete"] or "current-password",
        "width": "30",
    }


def _textarea(bound: BoundField) -> tuple[str, Params]:
    params = {**_common(bound), "value": _text_of(bound), "rows": bound.field.widget.attrs.get("rows", 5)}
    limit = getattr(bound.field, "max_length", None)
    return ("character-count", {**params, "maxlength": limit}) if limit else ("textarea", params)


def _file(bound: BoundField) -> tuple[str, Params]:
    return "file-upload", _common(bound)


def _chosen(bound: BoundField) -> list[str]:
    value = bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    return ["" if each is None else str(each) for each in values]


def _options(bound: BoundField, mark: str) -> list[Params]:
    """The choices, groups flattened, as NHS items; `mark` is what the component calls a chosen one."""
    chosen = _chosen(bound)
    items: list[Params] = []
    for value, label in getattr(bound.field.widget, "choices", ()):
        group = label if isinstance(label, list | tuple) else [(value, label)]
        items += [
            {"value": v, "text": text, mark: str("" if v is None else v) in chosen} for v, text in group
        ]
    return items


def _select(bound: BoundField) -> tuple[str, Params]:
    return "select", {**_common(bound), "items": _options(bound, "selected")}


def _group(bound: BoundField) -> Params:
    """A legend in place of a label, for several controls that answer one question."""
    return {
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "fieldset": {"legend": {"text": _label(bound), "size": "s"}},
        **_hint(bound),
    }


def _radios(bound: BoundField) -> tuple[str, Params]:
    items = [item for item in _options(bound, "checked") if item["value"] != ""]
    return "radios", {**_group(bound), "items": items}


def _checkboxes(bound: BoundField) -> tuple[str, Params]:
    return "checkboxes", {**_group(bound), "items": _options(bound, "checked")}


def _checkbox(bound: BoundField) -> tuple[str, Params]:
    item = {"value": "on", "text": _label(bound), "checked": bool(bound.value()), **_hint(bound)}
    return "checkboxes", {"idPrefix": bound.auto_id, "name": bound.html_name, "items": [item]}


def _date(bound: BoundField) -> tuple[str, Params]:
    """Three boxes under the names that Django's SelectDateWidget reads back."""
    given = bound.field.widget.format_value(bound.value())
    parts = {"day": 2, "month": 2, "year": 4}
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "label": part.title(),
            "width": width,
            "value": given[part] or "",
        }
        for part, width in parts.items()
    ]
    return "date-input", {**_group(bound), "id": bound.auto_id, "items": items}


_BUILDERS: tuple[tuple[type[forms.Widget], Callable[[BoundField], tuple[str, Params]]], ...] = (
    (forms.SelectDateWidget, _date),
    # Before its parent, RadioSelect.
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.SelectMultiple, _checkboxes),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (Input, _input),
)
