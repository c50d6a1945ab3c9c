"""The view *Decide*: where parties settle, what options risk, and what would call a choice into question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse
from starlette.routing import Route

from tocsin.errors import UnknownName
from tocsin.web.blocks.own import page_of, together
from tocsin.web.blocks.shown import page_shown, section
from tocsin.web.decide.dates import calendar_table, tripwire_table
from tocsin.web.decide.experts import expert_tables
from tocsin.web.decide.judgements import judgement_tables
from tocsin.web.decide.parts import PARTS
from tocsin.web.decide.question import part_of, settlement, sliders
from tocsin.web.decide.what_if import ROLES, answer, what_if
from tocsin.web.place import place, workbench_of
from tocsin.web.shell.addresses import hidden, link, service
from tocsin.web.shell.parts import Tab, part_named, tabs
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.case.questions import Question
    from tocsin.web.place import Place
    from tocsin.web.shell.parts import Part
    from tocsin.web.shell.rendering import Context

VIEW = "decide"


def page(request: Request) -> Response:
    """One part of the view, chosen by `part`; of the questions, one, chosen by `question`."""
    at = place(request)
    if at.edition is None:
        return render(request, "no_edition.html.j2", view=VIEW, title="Decide", at=at, make=lambda: {"title": "Decide"})
    part = part_named(PARTS, request.query_params.get("part", ""))
    if part.name == "questions" and at.case.questions:
        return _question_page(request, at, part)
    return render(
        request, "decide/decide.html.j2", view=VIEW, title=f"Decide: {part.title}", at=at,
        make=lambda: _context(request, at, part),
    )  # fmt: skip


def _context(request: Request, at: Place, part: Part) -> Context:
    asked = dict(request.query_params)
    shown = page_shown(_page(request, at, part), at=at, view=VIEW, asked=asked, without=("beside-choices",))
    return {
        **_around(at, part), "shown": shown, "carried": hidden(at, asked, without=("only",)), "only": asked.get("only", ""),
    }  # fmt: skip


def _around(at: Place, part: Part) -> Context:
    """What every part has: its tabs, downloads, and the way to how such figures did."""
    return {
        "part": part, "tabs": tabs(PARTS, part, at=at, view=VIEW), "again": part.again.format(case=at.name),
        "downloads": [(title, service(at, name, {"format": form})) for title, name, form in part.downloads],
        "record_url": link(at, "decide", {"part": "judgements"}) if part.name == "experts" else link(at, "trust"),
    }  # fmt: skip


def _page(request: Request, at: Place, part: Part) -> dict[str, Any]:
    """The blocks of a part: those of the edition, and those that the view writes."""
    assert at.edition is not None, "the page is shown for an edition"
    own = {
        "tripwires": lambda: page_of(*tripwire_table(at)), "calendar": lambda: page_of(*calendar_table(at)),
        "judgements": lambda: page_of(*judgement_tables(at, settings=workbench_of(request).settings)),
        "experts": lambda: page_of(*expert_tables(at.case)),
    }  # fmt: skip
    pages = [own[part.name]()] if part.name in own else []
    if part.page and at.edition.has(f"pages/{part.page}"):
        pages.append(section(at.edition.page(part.page)))
    return together(*pages)


def _question_page(request: Request, at: Place, part: Part) -> Response:
    """A question with its sliders; where htmx asks for what changed, that part alone."""
    headers = request.headers
    in_part = headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") != "full"
    asked = dict(request.query_params)
    question = _question(at, asked.get("question", ""))
    if not in_part and (short := _short_address(request, at, question)):
        return short
    response = render(
        request, "decide/settles.html.j2" if in_part else "decide/question.html.j2", view=VIEW,
        title=f"Decide: {question.question}", at=at,
        make=lambda: {
            **(_settles(at, question, asked) if in_part else _question_context(at, part, question, asked)), "in_part": in_part,
        },
    )  # fmt: skip
    if in_part:
        response.headers["HX-Replace-Url"] = _moved_address(at, question, asked)
    return response


def _question(at: Place, asked: str) -> Question:
    """The question asked about; that which leads in the edition, or the first, where none is.

    Raises:
        UnknownName: the case has no such question.
    """
    held = {question.id: question for question in at.case.questions}
    if asked and asked not in held:
        raise UnknownName.of("question", asked, held)
    leads = _decision(at).get("leads")
    return held[asked or (leads if leads in held else next(iter(held)))]


def _decision(at: Place) -> dict[str, Any]:
    found: dict[str, Any] = at.edition.json("decision") if at.edition and at.edition.has("decision") else {}
    return found


def _names(at: Place) -> dict[str, str]:
    return {actor.actor_id: actor.name for actor in at.case.actors}


def _moved_address(at: Place, question: Question, asked: dict[str, str]) -> str:
    """The address that says what was moved, and nothing else."""
    moves = what_if(question, asked, names=_names(at)).address
    return link(at, VIEW, {"question": question.id, **moves})


def _short_address(request: Request, at: Place, question: Question) -> Response | None:
    """A form without scripts sends every slider: the visitor is led to the address that holds what was moved alone."""
    asked = dict(request.query_params)
    sliders_sent = {key: value for key, value in asked.items() if key.partition(".")[0] in {*ROLES}}
    if sliders_sent == what_if(question, asked, names=_names(at)).address:
        return None
    return RedirectResponse(_moved_address(at, question, asked), status_code=303)


def _settles(at: Place, question: Question, asked: dict[str, str]) -> Context:
    """The answer with what was moved, and the edition's beside it."""
    wanted = what_if(question, asked, names=_names(at))
    found = answer(wanted)
    edition = next((q for q in _decision(at).get("settle", ()) if q["question"] == question.id), None)
    return {
        "answer": found, "settlement": settlement(wanted, found.settled, edition), "question": question,
        "base_url": link(at, VIEW, {"question": question.id}),
    }  # fmt: skip


def _question_context(at: Place, part: Part, question: Question, asked: dict[str, str]) -> Context:
    assert at.edition is not None, "the page is shown for an edition"
    settles = _settles(at, question, asked)
    page = (
        section(at.edition.page(part.page))
        if at.edition.has(f"pages/{part.page}")
        else {"blocks": [], "annex": [], "notes": []}
    )
    wanted = what_if(question, asked, names=_names(at))
    return {
        **_around(at, part), **settles, "parties": sliders(wanted, settles["answer"].settled),
        "questions": [Tab(q.question, link(at, VIEW, {"question": q.id}), q is question) for q in at.case.questions],
        "carried": hidden(at, {"question": question.id}),
        "shown": page_shown(part_of(page, question.id), at=at, view=VIEW, asked=asked),
    }  # fmt: skip


ROUTES = (Route("/c/{case}/decide", page),)
