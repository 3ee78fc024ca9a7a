"""The check before launch: what has to hold before the number is published, each found out by trying it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ivr.desk.doctor import around, at_carrier, help_answer, on_air, words
from ivr.desk.doctor.finding import Finding
from ivr.desk.doctor.launch import launch_of
from ivr.desk.doctor.looking import Check, run_checks

CHECKS: Mapping[str, Check] = {
    "settings": around.settings,
    "store": around.store,
    "caller secret": around.secret,
    "opt-outs": around.opt_outs,
    "content": words.content,
    "signatures": words.signed,
    "review dates": words.review,
    "number": at_carrier.number,
    "messaging service": at_carrier.service,
    "public address": on_air.reachable,
    "signed requests": on_air.round_trip,
    "sender registration": at_carrier.sender,
    "HELP": help_answer.answer,
    "helpline": around.helpline,
    "operator": around.operator,
    "silent callers": around.silent_callers,
    "fallback": on_air.fallback,
}


def examine(env: Mapping[str, str], today: date) -> tuple[Finding, ...]:
    """All findings, even if one of the checks breaks."""
    return run_checks(CHECKS, launch_of(env, today))
