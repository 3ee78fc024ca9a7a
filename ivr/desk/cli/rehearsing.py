"""Before the launch, without an account: rehearse."""

from __future__ import annotations

import os
import signal
import sys

import click
from rich.console import Console

from ivr.desk.cli.shared import sound_content
from ivr.desk.doctor.printing import is_ready, print_finding
from ivr.desk.rehearsing import rehearse as play
from ivr.desk.rehearsing.printing import print_end
from ivr.desk.rehearsing.stage import set_up


@click.command()
def rehearse() -> None:
    """Rehearse an evening on the air with a pretend carrier; exit with 1 if anything fails.

    It starts the line with this content and these settings on a free port of this machine, and replaces everything
    real: the number is connected at the pretend carrier, the store is new and thrown away afterwards, the fallback
    is hosted on this machine. Then people call and text: every key of the main menu, 0, 6, 9, CALL, STOP, WhatsApp,
    speech if it is on; the line goes down in the middle of a call, and the auth token changes. Nothing leaves this
    machine, and no account is needed.

    Example: python -m ivr rehearse
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # So that the line is stopped as well.
    console = Console(soft_wrap=True, highlight=False)
    with set_up(os.environ, sound_content()) as stage:
        findings = []
        for one in play(stage):
            print_finding(console, one)
            findings.append(one)
        print_end(console, findings, stage.settings)
    sys.exit(not is_ready(findings))
