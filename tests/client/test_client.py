"""The client: pages followed, busy servers waited for, errors of the tree."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tocsin.client import Client, Refused
from tocsin.client.asking import LONGEST_WAIT, Asking
from tocsin.errors import FileProblem, InputError, SourceError, TocsinError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable


def served(answers: list[httpx.Response | Exception]) -> tuple[Asking, list[float], list[httpx.Request]]:
    """A connection to a server that gives these answers in turn, how long was waited, and what was asked."""
    waited: list[float] = []
    asked: list[httpx.Request] = []
    left = iter(answers)

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx.Client(base_url="http://desk", transport=httpx.MockTransport(handle))
    return Asking(http, sleep=waited.append), waited, asked


def refusal(status: int, **told: Any) -> httpx.Response:
    whole = {"code": "c", "message": "it cannot be", "where": "budget", "hint": "mend it", "status": status, **told}
    return httpx.Response(status, json={"error": whole})


def test_rows_follow_the_pages_one_request_at_a_time() -> None:
    pages = [
        httpx.Response(200, json={"rows": [{"n": 1}, {"n": 2}], "next": "/api/v1/cases?cursor=x"}),
        httpx.Response(200, json={"rows": [{"n": 3}], "next": None}),
    ]
    asking, _, asked = served(list(pages))
    rows = asking.rows("cases", {"limit": 2, "level": None})
    assert next(rows) == {"n": 1}
    assert [str(r.url) for r in asked] == ["http://desk/api/v1/cases?limit=2"]
    assert [row["n"] for row in rows] == [2, 3]
    assert str(asked[1].url) == "http://desk/api/v1/cases?cursor=x"


def test_a_busy_workbench_is_asked_again_after_as_long_as_it_says() -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"}, json={})
    asking, waited, _ = served([busy, httpx.Response(503, json={}), httpx.Response(200, json={"rows": []})])
    assert asking.json("cases") == {"rows": []}
    assert waited == [7.0, 2.0]


def test_a_workbench_that_stays_busy_is_given_up_with_its_own_words() -> None:
    asking, waited, asked = served([refusal(503, message="the database is away") for _ in range(4)])
    with pytest.raises(SourceError, match="the database is away"):
        asking.json("cases")
    assert (len(asked), waited) == (4, [1.0, 2.0, 4.0])


def test_a_workbench_that_asks_for_too_long_is_not_waited_for() -> None:
    asking, waited, _ = served([httpx.Response(429, headers={"Retry-After": str(LONGEST_WAIT + 1)}, json={})])
    with pytest.raises(SourceError, match="answered with 429"):
        asking.json("cases")
    assert waited == []


def test_a_workbench_out_of_reach_is_said_with_its_address() -> None:
    asking, waited, _ = served([httpx.ConnectError("refused") for _ in range(4)])
    with pytest.raises(SourceError, match="cannot be reached: refused") as caught:
        asking.json("cases")
    assert str(caught.value.where) == "http://desk"
    assert len(waited) == 3


def test_what_was_posted_is_not_sent_twice_when_the_line_breaks() -> None:
    asking, _, asked = served([httpx.ReadError("broken"), httpx.Response(200, json={})])
    with pytest.raises(SourceError):
        asking.post("match", {})
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("status", "kind"), [(400, InputError), (401, Refused), (403, Refused), (404, UnknownName), (422, InputError),
                       (500, SourceError)]
)  # fmt: skip
def test_errors_are_of_the_tree_with_where_and_hint(status: int, kind: type[TocsinError]) -> None:
    asking, _, _ = served([refusal(status)])
    with pytest.raises(kind) as caught:
        asking.json("cases")
    assert (caught.value.what, caught.value.where.field, caught.value.hint) == ("it cannot be", "budget", "mend it")


@pytest.mark.parametrize("body", ["", "<html>", "[1]", '{"error": "words"}', "{}"])
def test_an_error_without_our_shape_is_still_an_error(body: str) -> None:
    asking, _, _ = served([httpx.Response(502, text=body)])
    with pytest.raises(SourceError, match="the workbench answered with 502"):
        asking.json("cases")


def test_a_page_of_something_else_is_no_workbench() -> None:
    asking, _, _ = served([httpx.Response(200, text="<html>hello</html>")])
    with pytest.raises(FileProblem, match="no JSON"):
        asking.json("cases")


@pytest.mark.parametrize("url", ["", "desk", "ftp://desk", "http://", "127.0.0.1:8000"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="no address of a workbench"):
        Client(url)


def test_the_token_goes_with_every_request_and_into_no_error() -> None:
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return refusal(403)

    client = Client("http://desk", "s3cret", transport=httpx.MockTransport(handle))
    with pytest.raises(Refused) as caught:
        client.cases()
    assert asked[0].headers["authorization"] == "Bearer s3cret"
    assert "s3cret" not in str(caught.value) + repr(client) + json.dumps(caught.value.as_dict())


def test_a_name_with_a_slash_is_one_part_of_the_address() -> None:
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={})

    Client("http://desk", transport=httpx.MockTransport(handle)).case("../admin?x")
    assert asked[0].url.raw_path == b"/api/v1/cases/..%2Fadmin%3Fx"


ASKED: dict[str, Callable[[Client], Any]] = {
    "cases": lambda c: c.cases(), "case": lambda c: c.case("iraq"), "editions": lambda c: list(c.editions("iraq")),
    "changes": lambda c: list(c.changes("iraq")), "forecasts": lambda c: list(c.forecasts("iraq")),
    "warnings": lambda c: list(c.warnings("iraq")), "scores": lambda c: c.scores("iraq"),
    "areas": lambda c: list(c.areas("iraq")),
    "series": lambda c: list(c.series("iraq", first="2024-01", last="2024-03")),
    "events": lambda c: list(c.events("iraq", first="2018-11")), "replays": lambda c: list(c.replays("iraq", origin="2014-05")),
    "reach": lambda c: c.reach("iraq"), "gap": lambda c: c.gap("iraq"), "overlap": lambda c: c.overlap("iraq"),
    "sites": lambda c: list(c.sites("iraq")), "record": lambda c: list(c.record("iraq", "Acme")),
    "entities": lambda c: list(c.entities("iraq", type="organisation")), "documents": lambda c: list(c.documents("iraq")),
    "contradictions": lambda c: list(c.contradictions("iraq")), "questions": lambda c: list(c.questions("iraq")),
    "settle": lambda c: c.settle("iraq", "nmi-end"), "options": lambda c: list(c.options("iraq")),
    "tripwires": lambda c: list(c.tripwires("iraq")), "calendar": lambda c: list(c.calendar("iraq")),
    "sources": lambda c: list(c.sources("iraq")), "match": lambda c: c.match("Kassem Suleimani")["Kassem Suleimani"],
    "brief": lambda c: c.brief("iraq"), "frame": lambda c: c.frame("iraq", "warnings").rows(),
    "claim": lambda c: c.claim("iraq", next(c.record("iraq"))["claim_id"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_every_verb_is_answered_by_the_api(name: str, client: Client) -> None:
    assert ASKED[name](client)


def test_every_verb_is_asked_by_these_tests() -> None:
    verbs = {name for name in vars(Client) if not name.startswith("_")}
    assert verbs - set(ASKED) == {"close", "alerts"}


def test_no_alert_is_no_error(client: Client) -> None:
    assert list(client.alerts("iraq")) == []


def test_the_client_loads_nothing_of_the_workbench() -> None:
    """It may be used where neither models nor the web extra are installed."""
    heavy = "{'polars', 'sklearn', 'fastapi', 'starlette', 'sqlalchemy', 'scipy'}"
    code = f"import sys, tocsin; tocsin.Client('http://desk'); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
