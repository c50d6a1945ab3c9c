"""Commands: record check, export, import."""

from dataclasses import asdict
from pathlib import Path

from tocsin.api.exchange import Checked, check_record, export_record, import_record
from tocsin.api.known import open_case
from tocsin.cli.app import print_json, progress
from tocsin.cli.printing import say
from tocsin.cli.shown import seen
from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.record.export import FORMATS


def check(*, case: str = ".", json: bool = False) -> int:
    """Hold every stored claim against its text: quote, arguments, numbers. Exit code 1 where one is not borne out.

    Example: tocsin record check --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with progress("holding claims against their texts"):
        done = check_record(open_case(case))
    if json:
        print_json({"claims": done.claims, "violations": done.violations, "rows": [asdict(v) for v in done.first]})
    else:
        _say_checked(done)
    return 1 if done.violations else 0


def _say_checked(done: Checked) -> None:
    for one in done.first:
        say(f"{one.claim_id}, {seen(one.document)}: {seen(one.field)}: {seen(one.reason)}")
    say(f"{done.violations:,} violations in {done.claims:,} claims")


def export(
    *, out: Path, format: str, case: str = ".", status: list[str] | None = None, force: bool = False, json: bool = False  # noqa: A002  # the option's own word
) -> None:  # fmt: skip
    """Take the record out: ftm, annotation, csv, parquet, or whole.

    ftm writes FollowTheMoney entities, annotation W3C Web Annotations, csv and parquet a folder of tables. Whole is one
    file with everything, which import puts back. Sites that you entered yourself are in the whole record alone.

    Example: tocsin record export --case iraq --format ftm --out iraq.ftm.json

    Args:
        out: the file to write, or a folder for csv and parquet; never in the case's documents/.
        format: ftm, annotation, csv, parquet or whole.
        case: a case folder, or the name of one that ships.
        status: only claims that stand so in review; may be repeated. All but rejected ones if not given.
        force: write over what is there, also where it is no whole record and no folder of tables that Tocsin wrote.
        json: print JSON.
    """
    if format not in FORMATS:
        raise UnknownName.of("format", format, FORMATS)
    if status and format == "whole":
        raise InputError(
            "a whole record has claims of every status", hint="leave --status out, or choose another format"
        )
    with progress("taking the record out"):
        done = export_record(open_case(case), out, form=format, statuses=_statuses(status), force=force)
    if json:
        print_json({
            "format": format, "out": str(out), "withheld": done.withheld,
            "rows": [{"what": what, "count": count} for what, count in done.counts.items()],
        })  # fmt: skip
        return
    say(f"Written: {out}: " + ", ".join(f"{count:,} {what}" for what, count in done.counts.items() if count))
    if format == "whole":
        say("It holds everything: full texts, sites you entered, and the key by which removed names are known again.")
    elif done.withheld:
        say(f"{done.withheld:,} claims name sites that you entered, and were left out: only the whole record has them.")
    if format == "csv":
        say(
            "Cells that a spreadsheet could run begin with an apostrophe; take one away to have the words as they were."
        )


def _statuses(said: list[str] | None) -> frozenset[ClaimStatus] | None:
    if not said:
        return None
    words = [status.replace("-", " ") for status in said]
    for status in words:
        if status not in set(ClaimStatus):
            raise UnknownName.of("status", status, [s.replace(" ", "-") for s in ClaimStatus])
    return frozenset(ClaimStatus(status) for status in words)


def import_(file: Path, /, *, case: str = ".", json: bool = False) -> int:
    """Put a whole record into a case that has none, and check every claim. A file that was cut short or altered is refused.

    Example: tocsin record import iraq.tocsin --case copy

    Args:
        file: what `tocsin record export --format whole` wrote.
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with progress("putting the record in"):
        done = import_record(open_case(case), file)
    if json:
        checked = done.checked
        print_json({"file": str(file), "rows": done.rows, "claims": checked.claims, "violations": checked.violations})
    else:
        say(f"{done.rows:,} rows put in.")
        _say_checked(done.checked)
    return 1 if done.checked.violations else 0
