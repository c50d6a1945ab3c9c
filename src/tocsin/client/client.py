"""The client: cases, forecasts, warnings, the record, missions and decisions, asked of a workbench over HTTP."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urlsplit

import httpx

from tocsin.client.asking import TRIES, Asking
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

    from tocsin.client.asking import Rows

TIMEOUT_SECONDS = 30.0


class Client:
    """A workbench, asked over HTTP.

    Rows come as iterators that follow the pages, one request at a time; `frame` gives whole tables for polars. Everything that
    goes wrong is an error of `tocsin.errors` with what, where and hint. Use it in a `with`, or close it.

    Args:
        url: address of the workbench, as `http://127.0.0.1:8000`.
        token: a token of an account, where the workbench asks for one.
        timeout: seconds that the workbench may stay silent.
        tries: how often a request is sent, where the workbench is busy or cannot be reached.
        transport: sends the requests, in place of the network; for tests.

    Raises:
        InputError: the address is none of a workbench.
    """

    def __init__(
        self, url: str, token: str | None = None, *, timeout: float = TIMEOUT_SECONDS, tries: int = TRIES,
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise InputError(
                f"'{url}' is no address of a workbench",
                where=Where(field="url"),
                hint="write it as http://127.0.0.1:8000",
            )
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._http = httpx.Client(
            base_url=f"{parts.scheme}://{parts.netloc}", headers=headers, timeout=timeout, transport=transport
        )
        self._asking = Asking(self._http, tries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def cases(self) -> list[Rows]:
        """The cases of the workbench."""
        return list(self._asking.rows("cases"))

    def case(self, case: str) -> Rows:
        """One case and its editions."""
        return self._document(f"cases/{_part(case)}")

    def editions(self, case: str) -> Iterator[Rows]:
        """The editions that are kept of a case, the newest first."""
        return self._rows(case, "editions")

    def changes(self, case: str, *, kind: str | None = None, edition: str | None = None) -> Iterator[Rows]:
        """What is not as it was in the edition before."""
        return self._rows(case, "changes", kind=kind, edition=edition)

    def forecasts(
        self, case: str, *, level: str | None = None, area: str | Sequence[str] | None = None, horizon: int | None = None,
        edition: str | None = None,
    ) -> Iterator[Rows]:  # fmt: skip
        """Forecasts by area and month, as quantiles and probabilities.

        Args:
            case: the case's name.
            level: `country` or `admin1`; both where not given.
            area: ids of areas.
            horizon: months after the last one seen.
            edition: an edition's id; the newest where not given.
        """
        return self._rows(case, "forecasts", level=level, area=area, horizon=horizon, edition=edition)

    def warnings(
        self, case: str, *, level: str = "country", question: str | None = None, budget: int | None = None,
        area: str | Sequence[str] | None = None, edition: str | None = None,
    ) -> Iterator[Rows]:  # fmt: skip
        """Warnings, the likeliest first.

        Args:
            case: the case's name.
            level: `country` or `admin1`.
            question: as `escalation_within_6` or `p100_within_3`.
            budget: alerts that can be looked into at each origin.
            area: ids of areas.
            edition: an edition's id; the newest where not given.
        """
        return self._rows(case, "warnings", level=level, question=question, budget=budget, area=area, edition=edition)

    def scores(self, case: str, *, edition: str | None = None) -> Rows:
        """How such forecasts and warnings did in backtests."""
        return self._document(f"cases/{_part(case)}/scores", edition=edition)

    def areas(self, case: str, *, level: str | None = None) -> Iterator[Rows]:
        """Countries and provinces."""
        return self._rows(case, "areas", level=level)

    def series(
        self, case: str, *, level: str | None = None, area: str | Sequence[str] | None = None, first: str | None = None,
        last: str | None = None, edition: str | None = None,
    ) -> Iterator[Rows]:  # fmt: skip
        """Deaths counted by area and month, from one month to another, as `2013-01`."""
        return self._rows(case, "series", level=level, area=area, edition=edition, **{"from": first, "to": last})

    def events(
        self, case: str, *, area: str | Sequence[str] | None = None, first: str | None = None, last: str | None = None,
        edition: str | None = None,
    ) -> Iterator[Rows]:  # fmt: skip
        """Events by point of 0.1 degree and month."""
        return self._rows(case, "events", area=area, edition=edition, **{"from": first, "to": last})

    def replays(
        self, case: str, *, origin: str | None = None, model: str | None = None, area: str | Sequence[str] | None = None,
        edition: str | None = None,
    ) -> Iterator[Rows]:  # fmt: skip
        """What would have been said of provinces from past origins, beside what came."""
        return self._rows(case, "replays", origin=origin, model=model, area=area, edition=edition)

    def reach(self, case: str, *, mission: str | None = None, edition: str | None = None) -> Rows:
        """What lies within reach of a mission's sites."""
        return self._document(f"cases/{_part(case)}/reach", mission=mission, edition=edition)

    def gap(self, case: str, *, mission: str | None = None, edition: str | None = None) -> Rows:
        """Need, security and presence, province by province."""
        return self._document(f"cases/{_part(case)}/gap", mission=mission, edition=edition)

    def overlap(self, case: str, *, mission: str | None = None, edition: str | None = None) -> Rows:
        """Function by institution by province."""
        return self._document(f"cases/{_part(case)}/overlap", mission=mission, edition=edition)

    def sites(self, case: str, *, mission: str | None = None) -> Iterator[Rows]:
        """Sites from published sources."""
        return self._rows(case, "sites", mission=mission)

    def record(
        self, case: str, words: str | None = None, *, kind: str | None = None, status: str | None = None,
        entity: str | None = None, document: str | None = None, place: str | None = None, on: str | None = None,
    ) -> Iterator[Rows]:  # fmt: skip
        """Claims of the record with their quotes: those that hold some words, or that meet all that is asked."""
        return self._rows(
            case, "record/claims", q=words, kind=kind, status=status, entity=entity, document=document, place=place, on=on
        )  # fmt: skip

    def claim(self, case: str, claim: str) -> Rows:
        """One claim with its quote."""
        return self._document(f"cases/{_part(case)}/record/claims/{_part(claim)}")

    def entities(self, case: str, *, name: str | None = None, type: str | None = None) -> Iterator[Rows]:  # noqa: A002 - the record's own word
        """Who and what the record names."""
        return self._rows(case, "record/entities", name=name, type=type)

    def documents(self, case: str) -> Iterator[Rows]:
        """What is known of the documents that were read."""
        return self._rows(case, "record/documents")

    def contradictions(self, case: str) -> Iterator[Rows]:
        """Claims that exclude each other, both sides with their quotes."""
        return self._rows(case, "record/contradictions")

    def questions(self, case: str) -> Iterator[Rows]:
        """Questions that parties settle."""
        return self._rows(case, "questions")

    def settle(
        self,
        case: str,
        question: str,
        *,
        moved: Sequence[Mapping[str, Any]] | None = None,
        draws: int = 500,
        seed: int = 1,
    ) -> Rows:
        """A question settled: as the edition has it, or anew with inputs moved, which is stored nowhere.

        Args:
            case: the case's name.
            question: the question's id.
            moved: for each party `{"actor", "position", "salience", "influence"}`, each of the three as lowest, middle,
                highest; what is left out stays as the case has it.
            draws: of the inputs, 100 to 2,000; for what is moved.
            seed: of the draws; for what is moved.
        """
        path = f"cases/{_part(case)}/settle"
        if moved is None:
            rows = list(self._asking.rows(path, {"question": question}))
            return rows[0]
        body = {"question": question, "positions": [dict(one) for one in moved], "draws": draws, "seed": seed}
        result: Rows = self._asking.post(path, body)["result"]
        return result

    def options(self, case: str, *, choice: str | None = None) -> Iterator[Rows]:
        """Options compared over futures."""
        return self._rows(case, "options", choice=choice)

    def tripwires(self, case: str, *, choice: str | None = None) -> Iterator[Rows]:
        """Tripwires of choices, as they stand."""
        return self._rows(case, "tripwires", choice=choice)

    def calendar(self, case: str) -> Iterator[Rows]:
        """Dates that bear on choices."""
        return self._rows(case, "calendar")

    def sources(self, case: str) -> Iterator[Rows]:
        """Sources of the figures, with licence and citation."""
        return self._rows(case, "sources")

    def alerts(self, case: str) -> Iterator[Rows]:
        """What the watch rang, the newest first."""
        return self._rows(case, "alerts")

    def match(self, *names: str, schema: str = "Thing", limit: int = 5) -> dict[str, list[Rows]]:
        """Entries of designation lists near names, by name. A match is likeness of names, not a finding; nothing is written."""
        queries = {name: {"schema": schema, "properties": {"name": [name]}} for name in names}
        answer = self._asking.post("match", {"queries": queries}, {"limit": limit})
        return {name: answer["responses"][name]["results"] for name in names}

    def frame(self, case: str, what: str, **parameters: Any) -> pl.DataFrame:  # noqa: ANN401 - as the address takes them
        """A whole table for polars: `forecasts`, `warnings`, `series`, `events`, `replays`, `draws` ...

        Args:
            case: the case's name.
            what: the table, by the last word of its address.
            **parameters: as the API's page lists them, as `level="admin1"`.
        """
        import polars as pl  # noqa: PLC0415 - most who ask want rows alone

        content = self._asking.file(f"cases/{_part(case)}/{what}", {**parameters, "format": "arrow"})
        return pl.read_ipc_stream(BytesIO(content))

    def brief(self, case: str, *, form: str = "pdf", edition: str | None = None) -> bytes:
        """The brief of an edition, `pdf` or `html`."""
        return self._asking.file(f"cases/{_part(case)}/brief.{form}", {"edition": edition})

    def _rows(self, case: str, what: str, **parameters: Any) -> Iterator[Rows]:  # noqa: ANN401 - as the address takes them
        return self._asking.rows(f"cases/{_part(case)}/{what}", parameters)

    def _document(self, path: str, **parameters: Any) -> Rows:  # noqa: ANN401 - as the address takes them
        found: Rows = self._asking.json(path, parameters)
        return found


def _part(text: str) -> str:
    """A part of an address, whatever it holds."""
    return quote(text, safe="")
