"""Characters that turn text round are shown by their numbers, whoever wrote them and wherever they stand."""

from __future__ import annotations

from tocsin.web.shell.rendering import TEMPLATES, content

TURNING = "Iraq \u202egnihton\u2066"


def test_what_a_page_prints_turns_nothing_round() -> None:
    made = TEMPLATES.from_string('<h1 title="{{ t }}">{{ t }}</h1>').render(t=TURNING)
    assert made == '<h1 title="Iraq U+202EgnihtonU+2066">Iraq U+202EgnihtonU+2066</h1>'


def test_faults_say_what_was_asked_without_turning() -> None:
    made = content("fault.html.j2", {"title": "Not found", "what": TURNING, "hint": None})
    assert "U+202E" in made
    assert "\u202e" not in made


def test_markup_made_by_pages_stands_as_it_is() -> None:
    assert TEMPLATES.from_string("{{ 'a<b' | e }}").render() == "a&lt;b"
