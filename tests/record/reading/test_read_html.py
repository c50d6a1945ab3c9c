from __future__ import annotations

import json

import pytest

from tocsin.record.document import DateOrigin, SegmentKind, Text, Verdict
from tocsin.record.reading import read_bytes

PAGE = """<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>A page</title>
<meta property="article:published_time" content="2019-06-01T10:00:00Z"><meta property="og:site_name" content="Wells Institute">
<script type="application/ld+json">{"@type":"Article","headline":"Held","author":[{"name":"A. B."}]}</script>
<script>var x="<p>unseen one</p>"</script><style>p{}</style></head>
<body><nav><ul><li><a href=1>Home</a><li><a href=2>News</a></ul></nav><div class="cookie-banner">We use cookies</div>
<main><article><header><h1>The mission &amp;amp; its <i>sites</i></h1></header>
<p>First <b>para</b>graph with caf&eacute;.<br>Next line</p><p>Second
 paragraph <p>third<ul><li>one<li>two <b>x</b></ul>
<table><caption>Table 1: Sites</caption>
<tr><th>Site</th><th>State</th></tr><tr><td><p>Erbil</p></td><td></td><td>open</td></tr></table>
<figure><img alt="x"><figcaption>Figure 2. A map</figcaption></figure>
<h2>Recommendations</h2><p>Do it.</p><h3>Sub</h3><p>And this.</p><h2>Notes</h2>
<ol class="footnotes"><li>See there.</li></ol><p style="display: none">unseen two</p></article></main>
<footer>Copyright</footer></body></html>"""


def read(markup: str | bytes) -> Text:
    _, text = read_bytes(markup.encode() if isinstance(markup, str) else markup, name="page.html")
    assert text is not None
    return text


def told(text: Text) -> list[tuple[str, str]]:
    return [(s.kind.value, text.text[s.start : s.end]) for s in text.segments]


def test_a_page_is_read_whole_and_its_furniture_marked() -> None:
    assert told(read(PAGE)) == [
        ("boilerplate", "Home"),
        ("boilerplate", "News"),
        ("boilerplate", "We use cookies"),
        ("heading", "The mission &amp; its sites"),
        ("body", "First paragraph with café.\nNext line"),
        ("body", "Second paragraph"),
        ("body", "third"),
        ("body", "one"),
        ("body", "two x"),
        ("caption", "Table 1: Sites"),
        ("row", "Site | State"),
        ("row", "Erbil | open"),
        ("caption", "Figure 2. A map"),
        ("heading", "Recommendations"),
        ("recommendation", "Do it."),
        ("heading", "Sub"),
        ("recommendation", "And this."),
        ("heading", "Notes"),
        ("footnote", "See there."),
        ("boilerplate", "Copyright"),
    ]


def test_nothing_unseen_is_in_the_text() -> None:
    assert "unseen" not in read(PAGE).text


def test_what_a_page_says_of_itself() -> None:
    document, _ = read_bytes(PAGE.encode(), name="page.html")
    assert (document.title, document.author, document.publisher) == ("Held", "A. B.", "Wells Institute")
    assert (str(document.published), document.published_origin) == ("2019-06-01", DateOrigin.META)


def test_json_ld_gives_the_date_where_no_meta_element_does() -> None:
    linked = '<script type="application/ld+json">{}</script>'
    told = json.dumps({"@graph": [{"datePublished": "2017-05-04"}]})
    page = f"<html>{linked.format('{broken')}{linked.format(told)}<p>Words."
    document, _ = read_bytes(page.encode(), name="page.html")
    assert str(document.published) == "2017-05-04"


def test_a_million_nested_elements_are_read() -> None:
    text = read(b"<html>" + b"<div>" * 1_000_000 + b"deep <b>words</b></div><p>after")
    assert told(text) == [("body", "deep words"), ("body", "after")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "iso-8859-6"])
def test_encodings_are_found(encoding: str) -> None:
    words = "Площадь" if encoding == "windows-1251" else "العراق" if encoding == "iso-8859-6" else "Ḥashd 😀"
    page = f'<html><head><meta charset="{encoding}"></head><p>{words}</p>'
    assert words in read(page.encode(encoding)).text


def test_external_entities_are_not_fetched() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><p>before &x; after</p></html>'
    assert "before &x; after" in read(page).text


def test_names_of_elements_are_not_believed_against_the_whole_page() -> None:
    page = (
        "<html><body><div class='with sidebar'><p>" + "The mission works in the north. " * 30 + "</p></div><p>End.</p>"
    )
    assert {s.kind for s in read(page).segments} == {SegmentKind.BODY}


def test_lists_of_links_are_furniture() -> None:
    page = "<html><p>Body words stand here.</p><ul><li><a href=1>Other story</a><li><a href=2>Third story</a></ul>"
    assert [kind for kind, _ in told(read(page))] == ["body", "boilerplate", "boilerplate"]


def test_a_page_without_words_has_no_text() -> None:
    document, text = read_bytes(b"<html><script>let x = 1</script></html>", name="page.html")
    assert (document.verdict, text) == (Verdict.NO_TEXT, None)


def test_preformatted_words_keep_their_lines() -> None:
    assert "one\n  two" in read("<html><pre>one\n  two</pre>").text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("the Border Guard<sup>1</sup> holds", "the Border Guard[1] holds"),
        ("the Border Guard<sup><a href='#n1'>1</a></sup> holds", "the Border Guard[1] holds"),
        ("the Border Guard<a href='#n1'><sup>12</sup></a>, it", "the Border Guard[12], it"),
        ("the Border Guard<a href='#n1'>1</a> holds", "the Border Guard[1] holds"),
        ("the Border Guard<sup><a href='#n1'>[1]</a></sup> holds", "the Border Guard[1] holds"),
        ("the Guard<sup>1, 2</sup> and 5,000<sup>3</sup>", "the Guard[1, 2] and 5,000[3]"),
        ("the Guard<sup><a href='#a'>a</a></sup> holds", "the Guard[a] holds"),
        ("<sup>1</sup>Omar Saleh", "[1] Omar Saleh"),
        ("the 1<sup>st</sup> unit, 90 km<sup>2</sup>", "the 1st unit, 90 km2"),
        ("see <a href='#part'>part two</a> and <a href='/1'>1</a>", "see part two and 1"),
        ("<sup></sup>Hit<sup><p>1</p></sup>", "Hit\n\n1"),
    ],
)
def test_marks_of_footnotes_are_no_part_of_words(markup: str, expected: str) -> None:
    assert read(f"<html><body><p>{markup}</p>").text == expected
