"""Settings from a file, `.env` in the folder of the line or the one that ENV_FILE names. The environment wins over it.

The file is the operator's own, so what it does not hold in the right form stops every command, with its line: nothing
there is silently passed over.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import parse_stream

from ivr.settings.environment import NAMES, WrongSetting, meant_by

OWN = "ENV_FILE"
DEFAULT = Path(__file__).resolve().parents[2] / ".env"


@dataclass(frozen=True, slots=True)
class EnvFile:
    path: Path
    given: Mapping[str, str]

    @property
    def strange(self) -> list[str]:
        """Names that nothing of the line reads. Some are another program's, such as GUNICORN_CMD_ARGS."""
        return sorted(self.given.keys() - NAMES)

    @property
    def is_open(self) -> bool:
        """Whether others on this machine may read it: the carrier's token stands in it."""
        return self.path.is_file() and bool(self.path.stat().st_mode & 0o077)


def take_env_file(env: MutableMapping[str, str]) -> None:
    """Puts into the environment what the file gives and the environment does not, not even empty. Raises
    WrongSetting."""
    file = env_file_of(env)
    if file is None:
        return
    env["ENV_FILE"] = str(file.path.absolute())  # A server that is started from here has a folder of its own.
    for name, value in file.given.items():
        env.setdefault(name, value)


def env_file_of(env: Mapping[str, str]) -> EnvFile | None:
    """None where there is none. Raises WrongSetting."""
    named = env.get("ENV_FILE", "").strip()
    path = Path(named) if named else DEFAULT
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if not named:
            return None
        raise WrongSetting("ENV_FILE names a file that is not there: write the path of a file of settings.") from None
    except (OSError, ValueError):
        raise WrongSetting(
            f"{path} cannot be read as a file of settings: see whose it is, and save it as UTF-8."
        ) from None
    return EnvFile(path, dict(_lines(path, text)))


def _lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """As dotenv files are read everywhere: quotes, comments and `export` are no part of a value. Nothing is filled in
    for a `$`, which a password may hold."""
    for binding in parse_stream(io.StringIO(text)):
        written = binding.original.string
        empty = written[: len(written) - len(written.lstrip())].count("\n")
        where = f"{path.name}, line {binding.original.line + empty}"
        if binding.error or (binding.key is not None and binding.value is None):
            raise WrongSetting(f"{where} is no setting: write NAME=value, or # in front of a note.")
        if binding.key is None or binding.value is None:
            continue
        if binding.key == OWN:
            raise WrongSetting(f"{where} sets {OWN}, which would be read too late: set it in the environment.")
        meant = meant_by(binding.key)
        if meant is not None:
            raise WrongSetting(
                f"{where} sets {ascii(binding.key)[1:-1]}, which the line does not know: call it {meant}."
            )
        yield binding.key, binding.value
