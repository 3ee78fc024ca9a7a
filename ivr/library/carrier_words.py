"""Words that belong to the carrier, so no topic may have them as keywords."""

STOP = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START = frozenset({"START", "YES", "UNSTOP"})
HELP = frozenset({"HELP", "INFO"})

ANSWERED_BY_CARRIER = STOP | START | HELP
"""Whole texts that the carrier answers itself and still passes on. A second answer would fail or arrive twice."""
