"""What can reach a caller's ear, and when: frozen values, no behaviour."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Speech:
    """One stretch of speech in one voice, language and pace; `rate` 1.0 is the voice's own pace.

    `voice` and `language` are empty where the line named none.
    """

    text: str
    voice: str
    language: str
    rate: float
    interruptible: bool
    seconds: float


@dataclass(frozen=True)
class Sound:
    """A recording, and what was fetched of it: nothing if the line did not serve it. `text`: the words spoken in it,
    for readers."""

    url: str
    interruptible: bool
    seconds: float = 0.0
    text: str = ""
    content_type: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Silence:
    """Quiet that the line asked for: a Pause, or a break within speech."""

    seconds: float
    interruptible: bool = False


@dataclass(frozen=True)
class Wait:
    """Quiet in which the line waited for a key."""

    seconds: float


@dataclass(frozen=True)
class KeyPress:
    """A key the caller pressed; takes no time."""

    key: str
    seconds: float = 0.0


@dataclass(frozen=True)
class CallerWords:
    """What the caller said; takes no time."""

    words: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Talk:
    """The time the line spent connecting the caller to someone else, talk included."""

    number: str
    seconds: float


Audible: TypeAlias = Speech | Sound | Silence
Item: TypeAlias = Audible | Wait | KeyPress | CallerWords | Talk


@dataclass(frozen=True)
class Moment:
    """Seconds since the call was answered."""

    begin: float
    end: float
    item: Item
