"""The component tags: upstream's own examples, escaping, and Django's form fields."""

import json
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from tests.architecture.sources import ROOT
from workspaces.templatetags.nhsuk import errors, field, nhsuk

COMPONENTS = ROOT / "frontend/node_modules/nhsuk-frontend/dist/nhsuk/components"
SAMPLED = (
    "button",
    "input",
    "textarea",
    "select",
    "radios",
    "checkboxes",
    "date-input",
    "error-summary",
    "notification-banner",
    "inset-text",
    "summary-list",
    "tag",
    "skip-link",
    "tables",
    "images",
    "do-dont-list",
    "character-count",
    "password-input",
)


def marked(value: Any, key: str = "") -> Any:
    """Upstream's examples mark nothing, but their `html` options are meant as HTML."""
    if isinstance(value, dict):
        return {k: marked(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [marked(each) for each in value]
    return mark_safe(value) if isinstance(value, str) and (key == "html" or key.endswith("Html")) else value  # noqa: S308


def examples(component: str) -> list[dict[str, Any]]:
    found = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    return [
        each
        for each in found
        if not each.get("callBlock") and not isinstance(each["context"].get("attributes"), str)
    ]


@pytest.mark.parametrize("component", SAMPLED)
def test_upstream_examples_come_out_the_same(component: str) -> None:
    """[FE51] DOM-equal to the HTML that nhsuk-frontend publishes beside each example."""
    different = [
        each["name"]
        for each in examples(component)
        if parse_html(str(nhsuk(component, marked(each["context"])))) != parse_html(each["html"])
    ]
    assert different == []


def rendered(source: str, **context: object) -> str:
    return str(engines["django"].from_string(source).render(context))


def test_options_nest_and_change_case() -> None:
    """[FE51] Template authors write snake_case and `__`; HTML attributes get hyphens."""
    html = rendered(
        '{% nhsuk "input" name="q" label__text="Ask" error_message__text="Empty" attributes__data_kind="x" %}'
    )
    assert 'data-kind="x"' in html
    assert "Empty" in html
    assert '<label class="nhsuk-label" for="q">' in html


def test_options_add_to_params() -> None:
    """[FE51] Options beside `params` win, and nested ones are joined."""
    html = str(
        nhsuk("input", {"name": "q", "label": {"text": "Ask", "size": "l"}}, label__text="Tell", hint=None)
    )
    assert "Tell" in html
    assert "nhsuk-label--l" in html
    assert "nhsuk-hint" not in html


def test_text_is_escaped_once() -> None:
    """[FE52] Plain, lazy and even safe-marked strings are shown as they are written."""
    lazy = gettext_lazy("A & B")
    for text in ("A & B", lazy, mark_safe("A & B")):
        assert "A &amp; B" in str(nhsuk("button", text=text))
    assert "<script>" not in str(nhsuk("button", text="<script>alert(1)</script>"))
    assert "<b>" not in str(nhsuk("input", name="q", label__text=mark_safe("<b>x</b>"), value='"><b>'))


def test_html_must_be_marked_safe() -> None:
    """[FE52] A view that passes what people typed as `html` fails at once."""
    assert "<b>x</b>" in str(nhsuk("inset-text", html=mark_safe("<b>x</b>")))
    with pytest.raises(TypeError, match="marked safe"):
        nhsuk("inset-text", html="<b>x</b>")
    with pytest.raises(TypeError, match="mapping"):
        nhsuk("button", text="x", attributes='onclick="x"')


class Everything(forms.Form):
    """One field of every kind we draw."""

    title = forms.CharField(help_text="What is it <about>?", max_length=100)
    mail = forms.EmailField(required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    secret = forms.CharField(widget=forms.PasswordInput)
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    plain = forms.CharField(widget=forms.Textarea, help_text=mark_safe("<i>Long</i>"))
    side = forms.ChoiceField(choices=[("", "-"), ("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    pick = forms.ChoiceField(choices=[("Group", [("a", "A")]), ("b", "B")])
    agree = forms.BooleanField(label="I agree")
    start = forms.DateField(widget=forms.SelectDateWidget, required=False)
    end = forms.CharField(label="If so, when?", required=False)
    count = forms.IntegerField()
    price = forms.DecimalField()
    paper = forms.FileField()
    hidden = forms.CharField(widget=forms.HiddenInput, initial="h")

    def clean(self) -> None:
        self.add_error(None, "Nothing fits together.")


GIVEN = {
    "title": "<b>Frailty",
    "story": "Once",
    "side": "b",
    "many": ["b"],
    "pick": "a",
    "start_day": "31",
    "start_month": "2",
    "start_year": "2026",
    "count": "three",
}


@pytest.fixture
def form() -> Everything:
    return Everything(GIVEN)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", 'id="id_title-hint"'),
        ("title", 'value="&lt;b&gt;Frailty"'),
        ("title", "What is it &lt;about&gt;?"),
        ("mail", "Mail (optional)"),
        ("mail", 'autocomplete="email"'),
        ("secret", "nhsuk-password-input"),
        ("story", 'data-maxlength="500"'),
        ("story", 'rows="3"'),
        ("plain", "<i>Long</i>"),
        ("side", 'value="b" checked'),
        ("many", 'type="checkbox" value="b" checked'),
        ("pick", '<option value="a" selected>'),
        ("agree", "I agree"),
        ("start", 'name="start_day" type="text" value="31"'),
        ("start", "Start (optional)"),
        ("count", 'inputmode="numeric"'),
        ("price", 'inputmode="decimal"'),
        ("paper", 'type="file"'),
        ("hidden", 'type="hidden"'),
        ("count", "Enter a whole number."),
    ],
)
def test_fields_become_components(form: Everything, name: str, expected: str) -> None:
    """[FE53] Each widget has its component, with what the person needs to answer."""
    assert expected in str(field(form[name]))


def test_required_is_said_in_words(form: Everything) -> None:
    """[FE53] No `required` attribute: the browser's own messages name no field and cannot be styled."""
    html = "".join(str(field(each)) for each in form)
    assert " required" not in html.replace("This field is required", "")
    assert "Title (optional)" not in html
    assert "I agree (optional)" not in html
    assert "If so, when? (optional)" not in html


def test_an_unknown_widget_is_refused() -> None:
    """[FE53] Better a failing page in development than an unstyled control."""

    class Odd(forms.Form):
        odd = forms.CharField(widget=forms.Widget)

    with pytest.raises(TypeError, match="No NHS component"):
        field(Odd()["odd"])


def test_options_reach_a_field(form: Everything) -> None:
    """[FE53] A page can say how wide a box is or enlarge its label."""
    assert "nhsuk-input--width-10" in str(field(form["title"], width="10"))
    assert "nhsuk-label--l" in rendered('{% field form.title label__size="l" %}', form=form)


def test_the_summary_leads_to_every_field(form: Everything) -> None:
    """[FE54] General problems first, then fields in the order of the page; ids that exist."""
    summary = str(errors(form))
    page = "".join(str(field(each)) for each in form)
    assert "Nothing fits together." in summary
    for name in ("secret", "agree", "start_day", "count"):
        assert f'href="#id_{name}"' in summary
        assert f'id="id_{name}"' in page
    assert summary.index("Nothing fits") < summary.index("id_secret")


def test_no_summary_without_problems() -> None:
    """[FE54] An untouched form, or none at all, shows nothing."""
    assert str(errors(Everything())) == ""
    assert rendered("{% errors nothing %}") == ""
