"""`python -m ivr COMMAND`."""

from ivr.desk.cli import main

main(prog_name="python -m ivr")
