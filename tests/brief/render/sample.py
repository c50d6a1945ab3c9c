"""A brief with every kind of block, as a reader might be handed it; its figures are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tocsin.brief import (
    Brief,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Heading,
    Judgement,
    Link,
    Note,
    PageBreak,
    Pair,
    Paragraph,
    Source,
    Sources,
    Strong,
    Table,
    Text,
)

MADE = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
PROVINCES = (
    ("Anbar", 0.97, "almost certain", "310", "96-742", 0.92, "641"),
    ("Baghdad", 0.96, "almost certain", "268", "101-590", 0.81, "402"),
    ("Diyala", 0.78, "likely", "94", "22-310", 0.55, "288"),
    ("Salah al-Din", 0.71, "likely", "83", "18-295", 0.49, "733"),
    ("Ninewa", 0.66, "likely", "77", "15-268", 0.43, "1,021"),
    ("Muthanna", 0.004, "almost no chance", "0", "0-0", 0.0, "0"),
)


def series(name: str, values: tuple[int, ...]) -> str:
    """A small line chart with numbers drawn in it, ids, a title and a clip path."""
    points = " ".join(f"{40 + 40 * i},{150 - v / 8:.1f}" for i, v in enumerate(values))
    ticks = "".join(
        f'<line x1="40" x2="430" y1="{150 - v / 8}" y2="{150 - v / 8}" stroke="#dde2e7"/>'
        f'<text x="34" y="{154 - v / 8}" text-anchor="end" fill="#55616d">{v:,}</text>'
        for v in (0, 500, 1000)
    )
    months = "".join(
        f'<text x="{40 + 80 * i}" y="172" text-anchor="middle" fill="#55616d">{label}</text>'
        for i, label in enumerate(("2013-08", "2013-10", "2013-12", "2014-02", "2014-04"))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 180" width="440" height="180" role="img" '
        'aria-labelledby="t" font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="11">'
        f'<title id="t">{name}</title><defs><clipPath id="c"><rect width="440" height="180"/></clipPath></defs>'
        f'{ticks}{months}<g clip-path="url(#c)"><polyline points="{points}" fill="none" stroke="#0b5394" '
        f'stroke-width="2"/></g><text x="40" y="14" font-weight="bold">{name}</text></svg>'
    )


def figure(name: str, values: tuple[int, ...], *, width: str = "full") -> Figure:
    last = f"{values[-1]:,}"
    return Figure(
        series(name, values),
        caption=f"{name}: deaths a month, all types of violence, through May 2014; {last} in the last month.",
        alt=f"Line chart of deaths a month in {name}; the last of ten months is {last}.",
        width="half" if width == "half" else "full",
    )


def provinces() -> Table:
    columns = (
        Column("Province"), Column("At least 25 deaths", "right", "probability"), Column("In words"),
        Column("Median", "right", "deaths a month"), Column("80 % interval", "right", "deaths a month"),
        Column("Of escalation", "right", "probability"), Column("What came, June 2014", "right", "deaths"),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(name, emphasis=name == "Ninewa"), Cell("< 1 %" if p < 0.01 else f"{100 * p:.0f} %", shade=p, sort=p),
            Cell(word), Cell(median), Cell(interval.replace("-", "\u2013")),
            Cell(f"{100 * up:.0f} %", shade=up, sort=up), Cell(came, emphasis=name == "Ninewa"),
        )
        for name, p, word, median, interval, up, came in PROVINCES
    )  # fmt: skip
    return Table(
        "Probability of at least 25 deaths in June 2014, by province", columns, rows,
        note="Target: deaths_all (three types summed). Data through May 2014, UCDP GED 25.1. 6 of 18 provinces shown.",
    )  # fmt: skip


def sources() -> Sources:
    return Sources((
        Source("Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset", "CC BY 4.0",
               "https://doi.org/10.1177/0022343313484347", "Version 25.1, read on 9 March 2026."),
        Source("Natural Earth, first-level provinces, 1:10,000,000", "public domain"),
    ))  # fmt: skip


def long_table(rows: int = 70) -> Table:
    body = tuple(
        (Cell(f"{2008 + i // 12}-{i % 12 + 1:02d}"), Cell(f"{(i * 37) % 900:,}"), Cell(f"0.{(i * 7) % 89 + 10}"),
         Cell("Anbar, Ninewa, Diyala"))
        for i in range(rows)
    )  # fmt: skip
    columns = (Column("Origin"), Column("Deaths", "right"), Column("Brier", "right"), Column("Warned of"))
    return Table("Every origin since January 2008", columns, body)


def sample() -> Brief:
    rising = (180, 240, 310, 290, 420, 610, 580, 640, 700, 655)
    silent = (60, 75, 71, 90, 66, 101, 97, 88, 110, 120)
    page = (
        Judgement(
            (Text("It is "), Strong("very likely (93 %)"), Text(" that at least one of Iraq's provinces passes 300 "
             "deaths in June 2014. Ninewa stands fifth of 18."), Note("Of 40 such warnings, 31 were right.")),
            confidence="Confidence: moderate. Events are under-reported where no reporter can work.",
        ),
        Paragraph((Text("Tocsin would have named Anbar and Baghdad first. Ninewa's record was quiet: 120 deaths in May, "
                   "against 655 in Anbar. See "), Link("the track record", "#track"), Text(" for how such "
                   "warnings fared."))),
        provinces(),
        Pair(figure("Anbar", rising), figure("Ninewa", silent)),
        Callout("caution", (Text("Silence is not calm: "), Strong("visibility in Ninewa was low"), Text(" in 2014."))),
    )  # fmt: skip
    annex = (
        Heading("Track record", id="track"),
        Paragraph("Alert budget of 5 provinces, origins 2008-01 to 2013-12."),
        Bullets(("Precision 0.62, recall 0.71", (Text("Median lead "), Strong("3 months"), Text("; false alarms 11.4 a "
                 "year.")))),
        Callout("finding", "A poor rank for Ninewa is a finding: 5 of 18."),
        Heading("By origin", 3),
        long_table(),
        PageBreak(),
        Heading("A figure at half width", 3),
        figure("Diyala", silent, width="half"),
        Callout("note", "Numbers are made up for this sample."),
        Heading("Sources"),
        sources(),
    )  # fmt: skip
    return Brief(
        title="Iraq's provinces: as known on 31 May 2014",
        subtitle="Which provinces would have been warned of before June 2014, and what came",
        as_known_on=date(2014, 5, 31), made=MADE, blocks=page, annex=annex,
        watermark="Demonstration: judgements are placeholders",
    )  # fmt: skip
