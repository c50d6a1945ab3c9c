"""The feed: well formed, to the day, without persons."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

from tests.watch.conftest import NOON

from tocsin.watch.alert import Alert, Evidence, Kind, plain_alert
from tocsin.watch.atom import ATOM, MOST, feed
from tocsin.watch.outbox import Rung

QUOTE = Evidence("note.md", "/c/iraq/record", "A. Person is minister", "bic", "c1")


def alert(kind: Kind, **other: object) -> Alert:
    plain = plain_alert("iraq", f"{kind}:1", kind=kind, evidence=(QUOTE,))
    return Alert(**{**{f: getattr(plain, f) for f in plain.__slots__}, **other})


def read(*alerts: Alert) -> ET.Element:
    rung = [Rung(one, NOON, ()) for one in alerts]
    text = feed(rung, case="iraq", title="Iraq", address="https://tocsin.example.org", today=date(2026, 9, 22))
    return ET.fromstring(text)  # noqa: S314 - our own


def texts(root: ET.Element, path: str) -> list[str]:
    return [e.text or "" for e in root.findall(path, {"a": ATOM})]


def test_an_entry_says_what_how_often_right_and_from_what() -> None:
    root = read(alert(Kind.WARNING, says="Iraq: 30 %.", record="Of 10, 4 came."))
    (summary,) = texts(root, "a:entry/a:summary")
    assert "Iraq: 30 %. How often such alerts were right: Of 10, 4 came." in summary
    assert texts(root, "a:entry/a:id") == [f"urn:tocsin:alert:{alert(Kind.WARNING).id}"]
    links = [e.get("href") for e in root.findall("a:entry/a:link", {"a": ATOM})]
    assert links == ["https://tocsin.example.org/c/iraq/now"]


def test_times_are_days() -> None:
    root = read(alert(Kind.WARNING))
    times = texts(root, "a:updated") + texts(root, "a:entry/a:updated")
    assert times == ["2026-09-22T00:00:00Z"] * 2
    assert not re.search(r"T(?!00:00:00Z)\d\d:\d\d", ET.tostring(root, encoding="unicode"))


def test_no_person_and_no_quote_is_in_the_feed() -> None:
    root = read(
        alert(Kind.POST, says="A. Person is minister."), alert(Kind.CONTRADICTION, says="Of A. Person: one says.")
    )
    assert "Person" not in ET.tostring(root, encoding="unicode")
    assert len(texts(root, "a:entry/a:title")) == 2


def test_words_that_act_are_only_words() -> None:
    root = read(alert(Kind.WARNING, title="<script>x</script> & \x00\x1b]]>"))
    assert texts(root, "a:entry/a:title") == ["<script>x</script> & ]]>"]


def test_tests_are_left_out_and_a_feed_has_an_end() -> None:
    root = read(alert(Kind.TEST), *(alert(Kind.STALE) for _ in range(MOST + 5)))
    assert len(texts(root, "a:entry/a:id")) == MOST


def test_a_demonstration_says_so() -> None:
    (summary,) = texts(read(alert(Kind.WARNING, demo=True)), "a:entry/a:summary")
    assert summary.startswith("Demonstration: judgements in this case are placeholders.")
