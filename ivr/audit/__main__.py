"""`python -m ivr.audit`: checks the content that the settings name, for a web server that is told to reload. Exits with
1 if anything has to be fixed. The command for people is `python -m ivr check`."""

import os
import sys

from ivr.audit import check
from ivr.library.load import content_of
from ivr.settings import CannotStart, content_from_env
from ivr.settings.env_file import take_env_file

try:
    take_env_file(os.environ)
    errors = [str(problem) for problem in check(content_of(*content_from_env(os.environ))) if not problem.warning]
except CannotStart as reason:
    errors = [str(reason)]
if errors:
    sys.exit("\n".join(errors))
