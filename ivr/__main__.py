"""`python -m ivr COMMAND`."""

import sys

try:
    from ivr.desk.cli.main import main

    main(prog_name="python -m ivr")
except ModuleNotFoundError as missing:
    if (missing.name or "ivr").partition(".")[0] == "ivr":
        raise
    sys.exit(
        f"This Python lacks the package {missing.name}: type `.venv/bin/python -m ivr` and the command, in the folder "
        "of the line; where it has no .venv, `make run` makes it."
    )
