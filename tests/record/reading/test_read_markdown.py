from __future__ import annotations

import pytest

from tocsin.record.document import DateOrigin, SegmentKind, Text
from tocsin.record.reading import Given, read_bytes, to_source, to_text

NOTE = """---
title: "Sites of the mission"
author: A. Writer
date: 2020-03-04
---
# Sites & *places* #

The **mission** closed [Erbil](https://example.org/a_(b) "t") and _left_ snake_case_name, 2 * 3 * 4.
Its second line has `code *x*` &amp;amp; ends[^1].

**BACKGROUND**

- one *item
  goes* on
- two
1. three

| Site | State |
|:-----|------:|
| Erbil | **open** |

Setext heading
--------------
> quoted **bold**
> more

<!-- unseen -->Line<br>break

[^1]: A *foot* note.
[home]: https://example.org

See [the page][home], not [this][nowhere].

```
kept *as* it is
```

####

![A map of wells](map.png)

## References
Smith, 2019.
"""


def read(source: str) -> Text:
    _, text = read_bytes(source.encode(), name="note.md")
    assert text is not None
    return text


def told(text: Text) -> list[tuple[str, str]]:
    return [(s.kind.value, text.text[s.start : s.end]) for s in text.segments]


def test_a_note_is_as_a_reader_sees_it() -> None:
    assert told(read(NOTE)) == [
        ("heading", "Sites & places"),
        (
            "body",
            "The mission closed Erbil and left snake_case_name, 2 * 3 * 4.\nIts second line has code *x* &amp; ends[1].",
        ),
        ("heading", "BACKGROUND"),
        ("body", "one item\ngoes on"),
        ("body", "two"),
        ("body", "1. three"),
        ("row", "Site | State"),
        ("row", "Erbil | open"),
        ("heading", "Setext heading"),
        ("body", "quoted bold\nmore"),
        ("body", "Line\nbreak"),
        ("footnote", "[1]: A foot note."),
        ("body", "See the page, not [this][nowhere]."),
        ("body", "kept *as* it is"),
        ("caption", "A map of wells"),
        ("heading", "References"),
        ("bibliography", "Smith, 2019."),
    ]


def test_what_the_front_matter_says_is_kept() -> None:
    document, _ = read_bytes(NOTE.encode(), name="note.md")
    assert (document.title, document.author, str(document.published)) == (
        "Sites of the mission",
        "A. Writer",
        "2020-03-04",
    )
    assert document.published_origin is DateOrigin.META


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ('derived_from: "A report on wells, 2019"\nsource: another', "A report on wells, 2019"),
        ("Source: wells.txt", "wells.txt"),
        ("source:\nsourced: wells.txt", None),
        ("derived_from: ''", None),
        ("title: Wells", None),
    ],
)
def test_the_front_matter_says_what_a_note_repeats(front: str, expected: str | None) -> None:
    source = f"---\n{front}\n---\nThe wells stand."
    assert read_bytes(source.encode(), name="note.md")[0].derived_from == expected
    told = Given(derived_from="the table's words")
    assert read_bytes(source.encode(), name="note.md", given=told)[0].derived_from == "the table's words"


def test_what_a_note_says_of_its_source_in_its_body_is_no_front_matter() -> None:
    assert read_bytes(b"derived_from: wells.txt\n\nWords.", name="note.md")[0].derived_from is None


def test_every_character_is_found_in_the_source() -> None:
    source = NOTE.replace("\n", "\r\n")
    text = read(source)
    for start, there, length in text.source_runs:
        assert text.text[start : start + length] == source[there : there + length]
    mapped = sum(length for _, _, length in text.source_runs)
    assert mapped > 0.85 * len(text.text)
    for word in ("Erbil", "code *x*", "quoted", "Smith"):
        offset = text.text.index(word)
        place = to_source(text, offset)
        assert place is not None
        assert source.startswith(word, place)
        assert to_text(text, place) == offset


def test_what_is_no_character_of_the_source_has_no_place_in_it() -> None:
    text = read("One &amp; two\n\nthree")
    assert to_source(text, text.text.index("&")) is None
    assert to_source(text, text.text.index("\n\n")) is None
    assert to_text(text, len("One &a")) is None


def test_line_ends_of_windows_and_old_macs_are_one() -> None:
    assert read("One\r\ntwo\rthree").text == "One\ntwo\nthree"


def test_paragraphs_are_counted_through() -> None:
    assert [s.paragraph for s in read("# A\n\nb\n\nc").segments] == [1, 2, 3]


def test_parts_end_with_their_heading() -> None:
    text = read("# R\n\na\n\n## Recommendations\n\nb\n\n### Sub\n\nc\n\n## Annex\n\nd\n\n## About the author\n\ne")
    kinds = [s.kind for s in text.segments]
    recommended, bio = SegmentKind.RECOMMENDATION, SegmentKind.AUTHOR_BIO
    assert [k for k in kinds if k is not SegmentKind.HEADING] == [
        SegmentKind.BODY,
        recommended,
        recommended,
        SegmentKind.BODY,
        bio,
    ]


def test_emphasis_that_finds_no_partner_stays() -> None:
    assert read("a * b and c*").text == "a * b and c*"
    assert read("**open").text == "**open"
    assert read(r"\*no mark\*").text == "*no mark*"
    assert read("*closed late *").text.strip() == "closed late"
