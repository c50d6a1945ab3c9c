"""What sources state of a choice, beside its figures, by the name of the option they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.sections.decision_words import UNKNOWN, sentence
from tocsin.brief.sections.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.decide.options import Comparison


def stated_of(compared: Comparison) -> Iterator[str]:
    """Every statement once, as a sentence with its source."""
    names = {option: a.name for a in compared.alternatives if len(a.options) == 1 for option in a.options}
    by = f" (source {compared.source_id})" if compared.source_id else ""
    seen: set[str] = set()
    for a in compared.alternatives:
        for given in a.proposed if len(a.options) == 1 else ():
            if given.why:
                yield sentence(
                    f"{given.name}, proposed by {listed(given.source_ids) if given.source_ids else 'no source'}: {given.why}"
                )
        for heading, words in a.stated:
            if heading not in seen:
                seen.add(heading)
                yield sentence(f"{_heading(heading, names)}{by}: {'; '.join(words)}")
    for heading, words in compared.stated:
        yield sentence(f"{heading.replace('_', ', ')}{by}: {'; '.join(words)}")
    if compared.source_conclusion:
        yield sentence(f"source {compared.source_id or UNKNOWN} concludes: {compared.source_conclusion}")


def _heading(heading: str, names: dict[str, str]) -> str:
    """A heading of stated words by the name of its option: `fast_triggers` is the option's triggers."""
    option = next((o for o in names if heading == o or heading.startswith(f"{o}_")), None)
    if option is None:
        return heading.replace("_", ", ")
    rest = heading.removeprefix(option).strip("_").replace("_", " ")
    return f"{names[option]}, {rest}" if rest else names[option]
