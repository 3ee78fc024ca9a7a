"""An inverted index of patterns: which of them may match a text, found by one symbol that each needs.

Each way is filed under the symbol that is least likely to stand in a text, so that few are looked at: 60 to 90 for a
text of the tables, of 8,700. They are listed as if each were filed under the symbol that fewest ways need.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from ivr.listening.classes import Symbols
from ivr.listening.patterns import IT, Ground, Way

Owner = TypeVar("Owner")

SMALL = 256
"""Numbers below are kept once by the interpreter. Larger ones would take 300 kB."""
SIZE = 5


class Filing(Generic[Owner]):
    """`commonness`: for each symbol, how likely it stands in a text; 0 for those not named."""

    def __init__(self, ways: Iterable[tuple[Owner, Way]], commonness: Mapping[str, int]) -> None:
        listed = list(ways)
        counts = Counter(symbol for _, way in listed for symbol in {*way.symbols})
        few = {symbol: (count, symbol) for symbol, count in counts.items()}
        rare = {symbol: (commonness.get(symbol, 0), symbol) for symbol in counts}
        filed: defaultdict[str, list[Any]] = defaultdict(list)
        for number, (owner, way) in enumerate(listed):
            needed = {*way.symbols} - {IT}
            least = min(needed, key=rare.__getitem__, default=IT)
            first = min(needed, key=few.__getitem__, default=IT)
            filed[least] += (owner, way, way.symbols.index(first), *divmod(number, SMALL))
        self._filed: Mapping[str, tuple[Any, ...]] = {symbol: tuple(found) for symbol, found in filed.items()}
        """For each symbol, one after another: owner, way, which of the way's symbols fewest ways need, and the way's
        number, in two parts. A tuple for each would take half as much again."""

    def __iter__(self) -> Iterator[tuple[Owner, Way]]:
        for found in self._filed.values():
            yield from zip(found[::SIZE], found[1::SIZE], strict=True)

    def possible(self, ground: Ground) -> list[tuple[Owner, Way]]:
        """The ways whose symbols all stand in the text, in the same order in every process."""
        filed, has_all = self._filed, ground.present.issuperset
        found = []
        for symbol in filed.keys() & ground.present:
            ways = filed[symbol]
            for at in range(1, len(ways), SIZE):
                if has_all(ways[at].symbols):
                    found.append(ways[at - 1 : at + SIZE - 1])
        if len(found) > 1:
            order = ground.order
            found.sort(key=lambda one: (order.get(one[1].symbols[one[2]], len(order)), one[3], one[4]))
        return [(one[0], one[1]) for one in found]


def commonness_of(symbols: Symbols) -> Mapping[str, int]:
    """How common the words are that each symbol stands for, all together: a word that stands for many symbols is a
    common one."""
    counts: Counter[str] = Counter()
    for standing, _ in symbols.known.values():
        for symbol in standing:
            counts[symbol] += len(standing)
    return counts
