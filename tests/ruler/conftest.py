from pathlib import Path

import pytest
from ruler.walked import evidence_of

from ivr.desk.ruler.evidence import Evidence


@pytest.fixture(scope="session")
def evidence(line: str, line_env: dict[str, str], store_url: str, data_dir: Path) -> Evidence:
    return evidence_of(line, line_env["TWILIO_AUTH_TOKEN"], store_url, data_dir)
