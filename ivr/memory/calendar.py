"""The operator's calendar: the day, month and hour in the time zone of whoever reads the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def read(cls, written: str) -> Month:
        """Parses `2026-11`. Raises ValueError."""
        return cls.of(datetime.strptime(written, "%Y-%m").replace(tzinfo=UTC).date())

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    def back(self, months: int) -> Month:
        """`months` earlier; later if negative."""
        year, number = divmod(12 * self.year + self.number - 1 - months, 12)
        return Month(year, number + 1)

    def days(self) -> list[date]:
        many = (self.back(-1).first - self.first).days
        return [self.first + timedelta(days=day) for day in range(many)]


@dataclass(frozen=True, slots=True)
class Calendar:
    zone: tzinfo = UTC

    def today(self) -> date:
        return datetime.now(self.zone).date()

    def month(self) -> str:
        """Such as `2026-11`."""
        return str(Month.of(self.today()))

    def hour(self) -> int:
        """From 0 to 23."""
        return datetime.now(self.zone).hour
