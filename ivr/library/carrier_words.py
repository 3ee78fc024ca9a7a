"""Words that belong to the carrier, so that no topic may have them."""

ANSWERED_BY_CARRIER = frozenset(
    {
        *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
        *("START", "YES", "UNSTOP"),
        *("HELP", "INFO"),
    }
)
"""Whole texts that the carrier answers itself and still hands on. A second answer would fail or arrive twice."""
