"""Commands: editions, changes."""

from tocsin.api.editions import compared, edition_row
from tocsin.api.home import editions_of
from tocsin.api.known import open_case
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.settings import Settings


def editions(*, case: str = ".", json: bool = False) -> None:
    """The editions of a case: when each was made, how far its figures reach, and how much changed.

    Example: tocsin editions --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    held = editions_of(open_case(case), settings=Settings.load())
    rows = [edition_row(held.get(name)) for name in held.ids()]
    if json:
        print_json({"case": case, "folder": str(held.folder), "rows": rows})
        return
    if not rows:
        say(f"No edition has been made yet: tocsin run --case {case}")
        return
    made = table(
        f"Editions of {case}, the newest first", "edition", "made", "countries to", "provinces to", "changes", "faults"
    )
    for each in rows:
        faults = each["faults"]
        assert isinstance(faults, list), "names of files"
        row(
            made, str(each["id"]), str(each["made"])[:16].replace("T", " "), str(each["origin"]),
            str(each["provinces_origin"] or UNKNOWN), "first" if each["since"] is None else str(each["changes"]),
            ", ".join(faults) or "none",
        )  # fmt: skip
    out.print(made)
    say(f"They lie in {held.folder}.")


def changes(*, case: str = ".", to: str | None = None, from_: str | None = None, json: bool = False) -> None:
    """What changed between two editions of a case, each change with what it rests on.

    Example: tocsin changes --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        to: id of the newer edition; the newest if not given.
        from_: id of the edition it is compared with; the one made before it if not given.
        json: print JSON.
    """
    done = compared(open_case(case), settings=Settings.load(), new=to, old=from_)
    if json:
        before = None if done.old is None else done.old.id
        print_json({"case": case, "to": done.new.id, "from": before, "rows": list(done.rows)})
        return
    if done.old is None:
        say(f"{done.new.id} is the first edition: there is nothing to compare it with.")
        return
    count = len(done.rows)
    say(f"From {done.old.id} to {done.new.id}: {count or 'no'} {'change' if count == 1 else 'changes'}.")
    for each in done.rows:
        say(f"- {each['what']}")
        evidence = each["evidence"]
        assert isinstance(evidence, list), "made so by Change.as_json"
        for rests in evidence:
            say(f"    {rests['text']}")
