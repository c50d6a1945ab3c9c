"""Help: first steps that follow a case's state, every page of the manual, and finding in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from tests.web.team_client import Browser, app_of

from tocsin.editions import Editions
from tocsin.web.help.manual import Manual, manual
from tocsin.web.help.manual.pages import page_of
from tocsin.web.help.manual.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from tocsin.settings import Settings
    from tocsin.web.workbench import Workbench

PAGES = sorted(manual().pages)


@pytest.fixture
def browser(workbench: Workbench, web_settings: Settings) -> Iterator[Browser]:
    with Browser(app_of(workbench, web_settings, None)) as opened:
        yield opened


def states(page: str) -> list[str]:
    return re.findall(r'<li class="(done|next|ready|later)"', page)


def test_the_steps_say_what_is_done_and_what_is_next(browser: Browser) -> None:
    page = browser.get("/help").text
    assert states(page) == ["done", "next", "done", "ready", "ready", "ready"]
    assert page.count('aria-current="step"') == 1
    assert "<code>tocsin read --case tiny</code>" in page


def test_without_an_edition_one_is_to_be_made(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Editions, "ids", lambda _: ())
    page = browser.get("/help?case=tiny").text
    assert states(page) == ["done", "next", "later", "later", "later", "later"]
    assert "tocsin run --case tiny" in page


def test_every_link_of_the_steps_answers(browser: Browser) -> None:
    steps = browser.get("/help").text.split('<ol class="first-steps">')[1].split("</ol>")[0]
    for url in set(re.findall(r'href="([^"]+)"', steps)):
        assert browser.get(url, follow_redirects=True).status_code == 200, url


def test_a_case_that_is_not_there_is_not_found(browser: Browser) -> None:
    assert browser.get("/help?case=nowhere").status_code == 404


def test_without_cases_the_first_one_is_written(browser: Browser, workbench: Workbench) -> None:
    workbench.folders.clear()
    assert "No case yet" in browser.get("/help").text


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_manual_is_shown(client: TestClient, name: str) -> None:
    answer = client.get(f"/help/{name}")
    assert answer.status_code == 200
    body = answer.text.split('<article class="manual">')[1].split("</article>")[0]
    assert body.count("<h1") == 1
    assert manual().page(name).title in re.sub("<[^>]+>", "", unescape(body))
    assert "&lt;!--" not in body
    for page, anchor in re.findall(r'href="(?:/help/([a-z0-9-]+))?#([^"]+)"', body):
        held = {section.anchor for section in manual().page(page or name).sections}
        assert anchor in held, f"{name} links to #{anchor}"
    for page in re.findall(r'href="/help/([a-z0-9-]+)"', body):
        assert page in manual().pages, f"{name} links to {page}"
    assert not re.findall(r'href="(?!/help|#|https?:|mailto:)[^"]*"', body)
    assert "style=" not in body


def test_common_mistakes_are_a_page(client: TestClient) -> None:
    assert "Reading silence as peace" in client.get("/help/mistakes").text


@pytest.mark.parametrize("name", ["nothing", "%2e%2e%2fpyproject.toml", "INDEX", "index.md"])
def test_another_page_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/help/{name}").status_code == 404


def test_pictures_are_those_of_the_manual_alone(client: TestClient) -> None:
    assert client.get("/help/images/brief.png").headers["content-type"] == "image/png"
    assert client.get("/help/images/..%2findex.md").status_code == 404


def test_words_are_found_and_lead_to_their_section(client: TestClient) -> None:
    page = client.get("/help?q=force protection bands").text + client.get("/help?q=silence peace").text
    assert 'href="/help/mistakes"' in page
    assert "<mark>" in page


def test_what_is_asked_for_is_shown_as_it_was_written(client: TestClient) -> None:
    page = client.get("/help", params={"q": "<script>alert(1)</script> nothing-holds-this"}).text
    assert "Nothing found" in page
    assert "<script>alert" not in page


def test_a_heading_counts_for_more_than_words_below_it() -> None:
    pages = [
        page_of("a", "# One\n\nreach reach reach"),
        page_of("b", "# Reach\n\nfar"),
        page_of("c", "# No\n\nnothing"),
    ]
    found = Manual({page.name: page for page in pages}).search("reach")
    assert [hit.page.name for hit in found] == ["b", "a"]


def test_what_explains_comes_before_what_lists_everything() -> None:
    pages = [page_of("commands", "# Reach\n\nreach"), page_of("reach", "# Other\n\nreach reach")]
    assert next(hit.page.name for hit in Manual({page.name: page for page in pages}).search("reach")) == "commands"
    pages = [page_of("commands", "# All\n\nreach reach"), page_of("reach", "# Other\n\nreach reach")]
    assert next(hit.page.name for hit in Manual({page.name: page for page in pages}).search("reach")) == "reach"


def test_what_stands_around_a_word_begins_and_ends_with_whole_words() -> None:
    page = page_of("a", "# A\n\n" + "before " * 40 + "word" + " after" * 40)
    (hit,) = Manual({"a": page}).search("word")
    assert set(hit.before.split()) == {"…", "before"}
    assert set(hit.after.split()) == {"…", "after"}
    assert hit.found == "word"


def test_html_in_a_page_is_words_and_odd_links_lead_nowhere() -> None:
    page = page_of(
        "a", "# A\n\n<script>alert(1)</script> [x](javascript:alert(1)) [y](../README.md) ![z](http://a/b.png)"
    )
    html = shown(page)
    assert "<script>" not in html
    assert "javascript:alert(1)&quot;" not in html
    assert "href" not in html
    assert "http://a" not in html


def test_headings_in_code_are_no_headings() -> None:
    page = page_of("a", "# A\n\n```sh\n# a comment\n```\n\n## B\n")
    assert [section.title for section in page.sections] == ["A", "B"]
