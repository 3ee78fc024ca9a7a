"""A call's clock. It advances with what is heard, not in real time, so the same call always takes equally long."""

from ivr.phone.sounds import Item, Moment


class Timeline:
    def __init__(self) -> None:
        self._moments: tuple[Moment, ...] = ()
        self.now = 0.0

    @property
    def moments(self) -> tuple[Moment, ...]:
        return self._moments

    def add(self, item: Item) -> None:
        begin, self.now = self.now, self.now + item.seconds
        self._moments += (Moment(begin, self.now, item),)

    def cut(self, at: float) -> None:
        """Nothing after `at` was heard: a key interrupted it."""
        kept = [moment for moment in self._moments if moment.begin < at or moment.end <= at]
        self._moments = tuple(Moment(m.begin, min(m.end, at), m.item) for m in kept)
        self.now = at
