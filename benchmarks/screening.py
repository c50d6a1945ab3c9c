"""nomenklatura's logic-v2 beside Tocsin on the same pairs: each name with the entries that either could take it for.

Usage: python benchmarks/screening.py ../shared/data/designations 300

For each alias (taken out of the index) and each near miss: the right entry's other names, and the names of the ten entries
nearest by the index. Both score every pair; an entry's score is its best. logic-v2 takes milliseconds a pair, so the sample
is small. Constants of Tocsin were set on the other part of the entries.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any

from tocsin.api.benchmark_screening import SEED, Answer, at_precision_of, measured
from tocsin.api.screen import search
from tocsin.record.names import NameKind
from tocsin.record.screening import THRESHOLD, nearest
from tocsin.record.screening.sampling import Split, alias_probes, near_misses

ENTRIES = 10
SCHEMATA = {NameKind.PERSON: "Person", NameKind.ORGANISATION: "Organization", NameKind.VESSEL: "Vessel"}


def main(data: Path, count: int) -> None:
    """Print both methods on the same pairs."""
    from followthemoney import model  # noqa: PLC0415  # a peer for measuring, in a group of its own
    from nomenklatura.matching import get_algorithm  # noqa: PLC0415

    algorithm = get_algorithm("logic-v2")
    assert algorithm is not None
    config = algorithm.default_config()
    index = search((data,)).index
    of_entry: dict[int, list[int]] = defaultdict(list)
    for number, owner in enumerate(index.owner.tolist()):
        of_entry[owner].append(number)

    # An id is never used twice: the peer remembers what it read of an entity by its id.
    def entity(key: str, kind: NameKind, names: list[str]) -> Any:  # noqa: ANN401  # the peer's own type
        return model.get_proxy({
            "id": key, "schema": SCHEMATA.get(kind, "LegalEntity"), "properties": {"name": names},
        })  # fmt: skip

    probes = (*alias_probes(index, count, split=Split.MEASURED, seed=SEED),
              *near_misses(index, count * 2 // 3, split=Split.MEASURED, seed=SEED))  # fmt: skip
    ours, theirs, pairs, seconds = [], [], 0, 0.0
    for at, probe in enumerate(probes):
        near = nearest(index, probe.name, probe.kind, without=probe.without)
        scores = sorted(((found.score, int(index.owner[n])) for n, found in near.items()), reverse=True)
        kept = scores[:ENTRIES] + [s for s in scores[ENTRIES:] if s[1] == probe.owner]
        ours.append(Answer(probe, tuple(kept)))
        asked, begin = entity(f"asked-{at}", probe.kind, [probe.name]), perf_counter()
        scored = []
        for owner in {owner for _, owner in kept} | ({probe.owner} if probe.owner is not None else set()):
            names = [index.names[n].alias.name for n in of_entry[owner] if n not in probe.without]
            scored.append(
                (
                    float(algorithm.compare(asked, entity(f"listed-{at}-{owner}", probe.kind, names), config).score),
                    owner,
                )
            )
            pairs += 1
        seconds += perf_counter() - begin
        theirs.append(Answer(probe, tuple(sorted(scored, reverse=True))))
    first = measured("tocsin", ours, THRESHOLD)
    for row in (first, measured("logic-v2", theirs, THRESHOLD), at_precision_of(first, "logic-v2", theirs)):
        print(row)
    print(f"{len(probes)} names, {pairs} pairs, logic-v2 {1000 * seconds / max(pairs, 1):.2f} ms a pair")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)
