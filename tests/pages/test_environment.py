"""Templates escape whatever they are given, as Jinja itself would."""

from __future__ import annotations

import datetime as dt

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from generator.model.vocabulary import CaseType
from generator.pages.environment import environment
from generator.texts import load_texts

MADE = environment(load_texts("en")).overlay(loader=DictLoader({}))
PLAIN = Environment(autoescape=True, undefined=StrictUndefined)
SIGNS = "<b a=\"x\" c='y'>&amp;</b>"


class Speaking:
    """Something that says how it stands in HTML."""

    def __html__(self) -> str:
        """Markup."""
        return "<i>said</i>"


class Shown:
    """Something that does not."""

    def __str__(self) -> str:
        """Text with a sign of HTML."""
        return "a < b"


VALUES = [
    SIGNS,
    "",
    "手袋のまま",
    Markup("<b>already &amp; safe</b>"),
    Speaking(),
    Shown(),
    3,
    1.5,
    None,
    True,
    dt.date(2026, 11, 22),
    CaseType.LOST,
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    "template",
    [
        "{{ value }}",
        "<p>{{ value }} {{ value }}</p>",
        '<a title="{{ value }}">',
        "{{ value ~ '<' }}",
        "{{ value|string|upper }}",
        "{% macro said(it) %}<q>{{ it }}</q>{% endmacro %}{{ said(value) }}{{ said(said(value)) }}",
        "{% for item in [value, '<'] %}{{ item }}{% endfor %}",
        "{% set held %}<u>{{ value }}</u>{% endset %}{{ held }}",
        "{% if value is string %}{{ value|length }}{% endif %}{{ value if value else '>' }}",
    ],
)
def test_a_value_is_written_as_jinja_writes_it(template: str, value: object) -> None:
    """Texts with their signs escaped, markup as it is, and everything else by its text."""
    assert MADE.from_string(template).render(value=value) == PLAIN.from_string(template).render(value=value)


def test_what_templates_say_goes_through_the_short_way() -> None:
    """Another release of Jinja might not ask for it any more: pages would be right, and slow."""
    assert "environment.written(" in MADE.compile("{{ value }}", raw=True)
    assert "environment.getattr(" not in MADE.compile("{{ value.name }}", raw=True)


def test_a_name_that_is_not_known_is_refused() -> None:
    """An empty place on a page would be seen by nobody."""
    with pytest.raises(UndefinedError):
        MADE.from_string("{{ nothing }}").render()


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{{ _("Cases") }}', "事例"),
        ("{{ _ ( 'Cases' ) }}", "事例"),
        ('{{ _("Cases") ~ _("Cases") }}', "事例事例"),
        ('{{ [_("Cases"), ("Cases")]|join("/") }}', "事例/Cases"),
        ('{{ (_("Cases")) }}{% if _("Cases") == "事例" %}!{% endif %}', "事例!"),
    ],
)
def test_fixed_text_is_looked_up_once(template: str, text: str) -> None:
    """When its template is compiled: a page says hundreds of them."""
    japanese = environment(load_texts("ja"), None)
    assert japanese.from_string(template).render() == text
    assert "resolve('_')" not in japanese.compile(template, raw=True)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{% set name = "Cases" %}{{ _(name) }}', "事例"),
        ('{{ _(_("Cases")) }}', "事例"),
        ('{{ _("Ca" ~ "ses") }}', "事例"),
        ('{{ _("Feeling {level}", level="+2") }}', "気持ち +2"),
        ('{% set say = _ %}{{ say("Cases") }}', "事例"),
    ],
)
def test_text_that_is_not_fixed_is_looked_up_on_the_page(template: str, text: str) -> None:
    """Whatever looks only like the beginning of a fixed text is left as it is."""
    japanese = environment(load_texts("ja"), None)
    assert japanese.from_string(template).render() == text
    assert "resolve('_')" in japanese.compile(template, raw=True)


def test_attributes_are_those_of_python():
    """A misspelled attribute ends the build, and a key of a mapping is asked for as one: `marks["kind"]`."""
    template = environment(load_texts("ja")).from_string
    assert template("{{ there.real }}, {{ marks['kind'] }}, {{ marks.items()|length }}").render(
        there=3, marks={"kind": 1}
    )
    for wrong in ("{{ there.rael }}", "{{ marks.kind }}"):
        with pytest.raises(AttributeError):
            template(wrong).render(there=3, marks={"kind": 1})


def test_calls_hand_over_what_the_template_says():
    """In loops, macros and blocks the engine has more to hand over, which nothing here asks for."""
    text = (
        "{% macro said(word, twice=false) %}{{ word }}{% if twice %}{{ word }}{% endif %}{{ caller() }}{% endmacro %}"
        "{% for word in words %}{% call said(word, twice=loop.first) %}{{ _('Home') }}{{ number(value=3) }}"
        "{% endcall %} {% endfor %}{% block end %}{% for word in words %}{{ count(word) }}{% endfor %}{% endblock %}"
    )
    made = environment(load_texts("en")).from_string(text).render(words=["a", "bb"], count=len)
    assert made == "aaHome3 bbHome3 12"
