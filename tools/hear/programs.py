"""What the bench needs of the machine. It runs on bare Python, so it is asked before a gigabyte is fetched."""

from __future__ import annotations

import shutil
import sys

SOUND, PHONE = "sox", "baresip"


def what_is_missing(quick: bool) -> str | None:
    """A sentence; None if nothing is. `quick`: without calls."""
    missing = [name for name in (SOUND, *(() if quick else (PHONE,))) if shutil.which(name) is None]
    return f"Install {' and '.join(missing)} first: `apt-get install {' '.join(missing)}`." if missing else None


if __name__ == "__main__":
    sys.exit(what_is_missing(quick="--quick" in sys.argv[1:]))
