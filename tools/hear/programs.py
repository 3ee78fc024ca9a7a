"""What the test bench needs on this machine. Runs on bare Python, so that it can be checked before a gigabyte is
downloaded."""

from __future__ import annotations

import shutil
import sys

SOUND, PHONE = "sox", "baresip"


def what_is_missing(quick: bool) -> str | None:
    """One sentence; None if nothing is missing. `quick`: without calls."""
    missing = [name for name in (SOUND, *(() if quick else (PHONE,))) if shutil.which(name) is None]
    return f"Install {' and '.join(missing)} first: `apt-get install {' '.join(missing)}`." if missing else None


if __name__ == "__main__":
    sys.exit(what_is_missing(quick="--quick" in sys.argv[1:]))
