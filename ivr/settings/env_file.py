"""Settings from a file: `.env` in the line's folder, or the file that ENV_FILE names. The environment takes precedence.

The file belongs to the operator alone, so a line that cannot be read stops every command, with its number: nothing in
the file is silently ignored.
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
        """Names that no part of the line reads. Some belong to other programs, such as GUNICORN_CMD_ARGS."""
        return sorted(self.given.keys() - NAMES)

    @property
    def is_open(self) -> bool:
        """Whether other users of this machine may read the file, which contains the carrier's token."""
        return self.path.is_file() and bool(self.path.stat().st_mode & 0o077)


def take_env_file(env: MutableMapping[str, str]) -> None:
    """Copies what the file sets into the environment, unless it is there already, even if empty. Raises
    WrongSetting."""
    file = env_file_of(env)
    if file is None:
        return
    env["ENV_FILE"] = str(file.path.absolute())  # A server started from here has another working directory.
    for name, value in file.given.items():
        env.setdefault(name, value)


def env_file_of(env: Mapping[str, str]) -> EnvFile | None:
    """The file of settings; None if there is none. Raises WrongSetting."""
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
    """Parses the usual dotenv format: quotes, comments and `export` are not part of a value. `$` is not expanded, since
    a password may contain it."""
    for binding in parse_stream(io.StringIO(text)):
        written = binding.original.string
        empty = written[: len(written) - len(written.lstrip())].count("\n")
        where = f"{path.name}, line {binding.original.line + empty}"
        if binding.error or (binding.key is not None and binding.value is None):
            raise WrongSetting(f"{where} is not a setting: write NAME=value, or # before a comment.")
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
