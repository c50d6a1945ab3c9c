from __future__ import annotations

import pytest

from tocsin.record.document import DateOrigin, Text
from tocsin.record.reading import likeness, read_bytes
from tocsin.record.reading.dating import date_in_meta, date_in_name, dateline

NORTH = "The force held the province of Anbar in 2016 and withdrew from its bases when the mandate came to an end."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("WASHINGTON, March 3, 2020 - The office said", "2020-03-03"),
        ("Washington, March 3, 2020 \u2014 The office said", "2020-03-03"),
        ("12 May 2014", "2014-05-12"),
        ("A title\n\n12 May 2014\n\nBody", "2014-05-12"),
        ("Published: 3rd of June 2019", "2019-06-03"),
        ("BAGHDAD (2 Sept. 2018) \u2013 The base", "2018-09-02"),
        ("2017-08-09", "2017-08-09"),
        ("Tuesday, 4 July 2017", "2017-07-04"),
        ("July 2016", "2016-07"),
        ("Posted on Feb 2, 2021 by an editor", "2021-02-02"),
        ("12 mai 2014", "2014-05-12"),
        ("On 10 June 2014 the city fell.", None),
        ("The city fell on 10 June 2014.", None),
        ("Since May 2014 the base has stood empty", None),
        ("As prepared for delivery", None),
        ("Lessons from March 2003 to July 2004", None),
        ("February 30, 2020", None),
        ("=HYPERLINK(1) Omar Saleh has been minister since June 2020.", None),
        ("BAGHDAD. Omar Saleh has been minister since June 2020.", None),
        ("Omar Saleh, minister since June 2020.", None),
        ("It fell 10 June 2014.", None),
        ("Two prisoners were released in June 2020.", None),
        ("The order was issued 3 March 2020.", None),
        ("Omar Saleh, so it is told, has held his office in the ministry ever since\nJune 2020.", None),
        ("He has led the office and its many branches since\nJune 2020. He", None),
        ("The base stood empty. " * 7 + "It was WEST, 3 March 2020 and later it burned.", None),
        ("Last updated on Tuesday, 4 July 2017", "2017-07-04"),
        ("By an editor | Published June 3, 2019", "2019-06-03"),
        ("Date: 3 March 2020.", "2020-03-03"),
        ("Baghdad, 4 July 2017.", "2017-07-04"),
        ("NEW YORK, N.Y., Tuesday, July 4, 2017 \u2013 The office", "2017-07-04"),
        ("BAGHDAD (Agency) \u2013 2 Sept. 2018 \u2013 The base", "2018-09-02"),
        ("WASHINGTON \u2013 Today the office named on March 3, 2020 a group", None),
    ],
)
def test_a_dateline_is_told_from_a_date_in_a_sentence(head: str, expected: str | None) -> None:
    found = dateline(head)
    assert (None if found is None else str(found)) == expected


def test_a_date_far_down_is_no_dateline() -> None:
    assert dateline("A paragraph without a date stands here.\n" * 60 + "12 May 2014\n") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2020-12-08-mission.md", "2020-12-08"),
        ("a/b/20140610_digest.txt", "2014-06-10"),
        ("report_2016-07.pdf", "2016-07"),
        ("2020-13-45.md", None),
        ("s-2014-440.pdf", None),
        ("12345678901.txt", None),
        ("2019-01-01/notes.md", None),
    ],
)
def test_a_date_in_a_name(name: str, expected: str | None) -> None:
    found = date_in_name(name)
    assert (None if found is None else str(found)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2020-03-03T09:00:00+03:00", "2020-03-03"), ("2020", "2020"), ("2020-03", "2020-03"), ("D:20140610", "2014-06-10"),
     ("March 3, 2020", "2020-03-03"), ("20200303", "2020-03-03"), ("", None), (None, None), ("soon", None), ("0000-00-00", None)],
)  # fmt: skip
def test_dates_in_metadata(value: str | None, expected: str | None) -> None:
    found = date_in_meta(value)
    assert (None if found is None else str(found)) == expected


def test_the_surest_date_is_taken_and_said() -> None:
    both, _ = read_bytes(b"# Wells\n\n12 May 2014\n\nWords.", name="2015-01-01.md")
    assert (str(both.published), both.published_origin) == ("2014-05-12", DateOrigin.TEXT)
    named, _ = read_bytes(b"# Wells\n\nWords.", name="2015-01-01.md")
    assert (str(named.published), named.published_origin) == ("2015-01-01", DateOrigin.NAME)
    none, _ = read_bytes(b"# Wells\n\nWords.", name="wells.md")
    assert (none.published, none.published_origin) == (None, DateOrigin.UNKNOWN)


def read(words: str) -> Text:
    _, text = read_bytes(words.encode(), name="a.txt")
    assert text is not None
    return text


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (NORTH, "en"),
        ("دخلت القوات العراقية مدينة الموصل في الصباح وسيطرت على الجسر القديم", "ar"),
        ("Die Lage im Norden bleibt angespannt, und die Soldaten warten auf den Befehl", "de"),
        (NORTH + " Its members called it الحشد الشعبي and سرايا السلام in the north.", "en"),
        ("Wells 12", None),
        ("12 34 56 78 90 12 34 56 78 90 12 34", None),
    ],
)
def test_the_language_is_that_of_most_letters(words: str, language: str | None) -> None:
    assert read(words).language == language


def test_a_long_text_is_looked_at_in_several_places() -> None:
    foreign = "Die Lage im Norden bleibt angespannt, und die Soldaten warten auf den Befehl.\n\n"
    text = read(foreign + (NORTH + "\n\n") * 400)
    assert text.language == "en"
    assert text.language_certainty is not None
    assert 0.5 < text.language_certainty <= 1


def test_likeness_is_the_share_of_the_shorter_text() -> None:
    other = "A second note speaks of quite another matter, namely of wells that were dug in the south by hand."
    digest, report = read(NORTH), read(f"{other}\n\n{NORTH}\n\n{other} And of roads.")
    assert likeness(digest, report) == likeness(report, digest) == 1.0
    assert likeness(read(NORTH), read(other)) == 0.0
    assert likeness(read("Too few words."), report) == 0.0
    half = likeness(
        read(f"{NORTH} {other}"), read(f"{NORTH} It ends quite otherwise than the first one of the two did, surely.")
    )
    assert 0.3 < half < 0.9
