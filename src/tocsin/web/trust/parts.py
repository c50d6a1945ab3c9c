"""What the view *Trust* is made of, part by part, and what each does not know."""

from __future__ import annotations

from tocsin.web.shell.parts import Part

PARTS = (
    Part(
        "record", "Track record", "How did such figures do before?",
        "How the next months will differ from those it was tested on. Backtests use figures as they were revised later, which "
        "flatters every model a little.",
        "tocsin run --case {case}", "track-record", (("JSON", "scores", "json"), ("CSV", "scores", "csv")),
    ),
    Part(
        "models", "Models", "Which models are used, what were they made for, and what are their known faults?",
        "Faults that nobody has found. A model verified for countries is still experimental for provinces.",
        "tocsin score --help",
    ),
    Part(
        "data", "Data", "How old are the figures, and are newer ones due?",
        "Whether a publisher is late or has stopped. Where a card does not say when newer figures are due, it is unknown.",
        "tocsin fetch ucdp", "", (("JSON", "freshness", "json"), ("CSV", "freshness", "csv")),
    ),
    Part(
        "sources", "Sources", "What does it rest on, under which licence, and how is it cited?",
        "Texts that nobody brought to the case. A licence here is as its publisher stated it when the figures were taken.",
        "tocsin run --case {case}", "sources", (("JSON", "sources", "json"),),
    ),
    Part(
        "texts", "Texts", "Which texts do the rows of the case rest on?",
        "Whether a text is right: its grade, where it has one, is a person's, and the reason is given.",
        "tocsin check --case {case}",
    ),
    Part(
        "log", "Forecast log", "Which forecasts were made, and can they be shown to be unaltered?",
        "Forecasts made elsewhere, and those made before this machine kept a log.",
        "tocsin run --case {case}",
    ),
    Part(
        "editions", "Editions", "What was each edition made from, what changed, and is it whole?",
        "What an edition that is no longer kept said: the newest thirty are kept.",
        "tocsin editions --case {case}", "", (("JSON", "editions", "json"),),
    ),
)  # fmt: skip
"""In the order of the tabs."""
