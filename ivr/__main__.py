"""`python -m ivr COMMAND`."""

import os
import sys

COMPLETE = "_IVR_COMPLETE"
"""Set by a shell that completes a command line: it knows the line's commands as `ivr` (bin/ivr)."""

try:
    from ivr.desk.cli.main import main

    main(prog_name="ivr" if COMPLETE in os.environ else "python -m ivr", complete_var=COMPLETE)
except ModuleNotFoundError as missing:
    if (missing.name or "ivr").partition(".")[0] == "ivr":
        raise
    sys.exit(
        f"This Python lacks the package {missing.name}: type `.venv/bin/python -m ivr` and the command, in the folder "
        "of the line; where it has no .venv, `make run` makes it."
    )
