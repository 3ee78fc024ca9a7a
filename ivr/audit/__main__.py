"""`python -m ivr.audit`: checks the content that the settings name, for a web server that is told to reload. Exits with
1 if anything has to be fixed. The command for people is `python -m ivr check`."""

import os
import sys

from ivr.audit import check
from ivr.library.load import content_of
from ivr.library.prepared import prepared_file
from ivr.settings import CannotStart, content_from_env, data_from_env
from ivr.settings.env_file import take_env_file
from ivr.web.reading import prepare

try:
    take_env_file(os.environ)
    folder, helpline = content_from_env(os.environ)
    prepared = prepared_file(folder, helpline, data_from_env(os.environ))
    content = content_of(folder, helpline)
    errors = [str(problem) for problem in check(content) if not problem.warning]
    prepare(content, prepared)
except CannotStart as reason:
    errors = [str(reason)]
if errors:
    sys.exit("\n".join(errors))
