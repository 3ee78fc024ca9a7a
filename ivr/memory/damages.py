"""What lies in the store's folder of damaged files: apart from what mends them, which a web process does not load."""

from __future__ import annotations

from pathlib import Path

TOLD = "mended.txt"


def damages(folder: Path) -> dict[Path, str]:
    """The folders of damaged files that lie there, and what is to be told of each."""
    return {file.parent: file.read_text(encoding="utf-8").strip() for file in sorted(folder.glob(f"damaged-*/{TOLD}"))}
