"""How often the carrier retries after a fault, as written after the `#` in a webhook's address."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from ivr.phone.refused import Refused

MOST = 5
SHORTEST, LONGEST = 100, 15_000
NO_CONNECTION, LATE, ALL = "ct", "rt", "all"


class RequestFailed(Refused):
    """`how`: the name that retry policies have for the failure."""

    def __init__(self, code: int, why: str, how: str, status: int | None = None) -> None:
        super().__init__(code, why, status)
        self.how = how


@dataclass(frozen=True)
class Retries:
    """`seconds`: for one attempt, once connected."""

    count: int = 1
    after: frozenset[str] = frozenset({NO_CONNECTION})
    seconds: float = LONGEST / 1000

    def follow(self, failed: RequestFailed) -> bool:
        return bool(self.after & {failed.how, ALL})


def retries_of(url: str) -> Retries:
    """Raises Refused for what the carrier would not accept."""
    given = dict(parse_qsl(url.partition("#")[2]))
    count, policies = given.get("rc", "1"), given.get("rp", NO_CONNECTION)
    if not count.isdecimal() or int(count) > MOST:
        raise Refused(11242, f"{url} has a retry count that is not 0 to {MOST}")
    after = frozenset(policies.split(","))
    if not after <= {NO_CONNECTION, LATE, "4xx", "5xx", ALL}:
        raise Refused(11243, f"{url} has a retry policy that the carrier does not know")
    milliseconds = given.get("rt", str(LONGEST))
    if not milliseconds.isdecimal() or not SHORTEST <= int(milliseconds) <= LONGEST:
        raise Refused(11243, f"{url} has a retry that would wait for other than {SHORTEST} to {LONGEST} milliseconds")
    return Retries(int(count), after, int(milliseconds) / 1000)
