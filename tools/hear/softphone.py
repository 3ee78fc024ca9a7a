"""A real softphone on loopback: Debian's baresip, controlled over a socket. It records what it hears."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr.desk.running.local import free_port
from tools.hear.sound import TELEPHONE_HZ, Sound

PROGRAM = "baresip"
START_SECONDS, STOP_SECONDS = 10, 5
KEY_SECONDS = 0.12
"""How long a key is held."""
KEY_UP = "\x04"
SILENCE_SECONDS = 3600
"""The caller's own sound: silence, longer than any call."""

CONFIG = """\
poll_method epoll
sip_listen 127.0.0.1:0
call_local_timeout 120
call_max_calls 1
audio_path /usr/share/baresip
audio_player aubridge,nil
audio_source aufile,{folder}/silence.wav
audio_alert aubridge,nil2
audio_srate 8000-8000
audio_channels 1-1
ausrc_format s16
auplay_format s16
rtcp_mux no
jitter_buffer_delay 3-8
module_path /usr/lib/baresip/modules
module g711.so
module sndfile.so
module aufile.so
module aubridge.so
module_tmp account.so
module_app ctrl_tcp.so
module_app menu.so
ctrl_tcp_listen 127.0.0.1:{port}
snd_path {folder}
"""
ACCOUNT = "<sip:caller@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1;dtmfmode=rtpevent\n"


class Softphone:
    def __init__(self, control: socket.socket, folder: Path) -> None:
        self._control, self._folder = control, folder

    def dial(self, address: str) -> None:
        self._tell("dial", address)

    def press(self, key: str) -> None:
        self._tell("sndcode", key)
        time.sleep(KEY_SECONDS)
        self._tell("sndcode", KEY_UP)

    def hang_up(self) -> Sound:
        """What was heard in the call: written once it is over."""
        self._tell("hangup")
        until = time.monotonic() + STOP_SECONDS
        while not (found := self._recorded()) and time.monotonic() < until:
            time.sleep(0.1)
        if not found:
            raise OSError("the softphone kept no recording of the call")
        return found

    def _recorded(self) -> Sound | None:
        """None while there is none, or while it is still being written."""
        try:
            (file,) = self._folder.glob("dump-*-dec.wav")
            with wave.open(str(file)) as recording:
                sound = Sound(recording.readframes(recording.getnframes()), recording.getframerate())
        except (ValueError, EOFError, wave.Error):
            return None
        return sound if sound.samples else None

    def _tell(self, command: str, words: str = "") -> None:
        """As a netstring: length, colon, JSON, comma."""
        told = json.dumps({"command": command, "params": words}).encode()
        self._control.sendall(b"%d:%b," % (len(told), told))


@contextmanager
def softphone(folder: Path) -> Iterator[Softphone]:
    """For one call. Raises OSError if it does not start."""
    port = free_port()
    folder.joinpath("config").write_text(CONFIG.format(folder=folder, port=port), encoding="ascii")
    folder.joinpath("accounts").write_text(ACCOUNT, encoding="ascii")
    folder.joinpath("contacts").touch()
    _write_silence(folder / "silence.wav")
    with folder.joinpath("log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 (a program that we name ourselves)
            [PROGRAM, "-4", "-f", str(folder)], stdin=subprocess.PIPE, stdout=log, stderr=log
        )
    try:
        with _connected(port) as control:
            yield Softphone(control, folder)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _write_silence(file: Path) -> None:
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, TELEPHONE_HZ, 0, "NONE", ""))
        sound.writeframes(bytes(2 * TELEPHONE_HZ * SILENCE_SECONDS))
