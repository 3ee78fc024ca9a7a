"""Requirements: every package and every file of it is pinned, and none is under a licence that binds the line."""

import hashlib
import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.licences import NAMED, Licence, licence_of, required

ROOT = Path(__file__).parents[2]
KINDS = ("requirements", "requirements-dev", "requirements-audit", "requirements-train", "requirements-hear")


def asked_for(kind):
    """What a .in file names itself."""
    lines = (ROOT / f"{kind}.in").read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def pinned(kind):
    text = (ROOT / f"{kind}.txt").read_text()
    return {canonicalize_name(one.name): one for one in map(Requirement, NAMED.findall(text))}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_for_is_pinned_at_that_version(kind):
    """`make pins` was run after the last change of a .in."""
    have = pinned(kind)
    for one in asked_for(kind):
        assert re.fullmatch(r"==[^,*]+", str(one.specifier)), one
        assert have[canonicalize_name(one.name)].specifier == one.specifier


@pytest.mark.parametrize("kind", KINDS)
def test_every_pin_has_the_hashes_of_its_files(kind):
    text = (ROOT / f"{kind}.txt").read_text()
    blocks = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert len(blocks) == len(pinned(kind))
    for block in blocks:
        assert "==" in block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block[:40]


@pytest.mark.parametrize(
    ("kind", "base"), [(KINDS[1], KINDS[0]), (KINDS[2], KINDS[1]), (KINDS[3], KINDS[0]), (KINDS[4], KINDS[0])]
)
def test_the_tests_run_on_what_the_line_runs_on(kind, base):
    here, below = ({name: str(one.specifier) for name, one in pinned(of).items()} for of in (kind, base))
    assert below.items() <= here.items()


def test_what_the_libraries_need_themselves_is_pinned_too():
    have = pinned("requirements-dev")
    here = [one for one in have.values() if one.marker is None or one.marker.evaluate()]
    needed = [Requirement(text) for one in here for text in requires(one.name) or ()]
    used = {canonicalize_name(one.name) for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})}
    assert used - have.keys() == set()


def test_another_file_than_the_pinned_one_is_not_installed(tmp_path):
    """A package made here, first with its own hash, then with another's, as after a swap at the index."""
    made = package(tmp_path)
    own = hashlib.sha256(made.read_bytes()).hexdigest()
    assert install(tmp_path, own).returncode == 0
    refused = install(tmp_path, "0" * 64)
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr


def package(folder):
    """The smallest wheel there can be."""
    made = folder / "a_toy-1.0-py3-none-any.whl"
    with ZipFile(made, "w") as wheel:
        wheel.writestr("a_toy.py", "")
        wheel.writestr("a_toy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: a-toy\nVersion: 1.0\n")
        wheel.writestr(
            "a_toy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\nGenerator: a\n"
        )
        wheel.writestr("a_toy-1.0.dist-info/RECORD", "")
    return made


def install(folder, digest):
    """With the options of the Makefile, into a folder."""
    (folder / "pins.txt").write_text(f"a-toy==1.0 --hash=sha256:{digest}\n")
    (options,) = set(re.findall(r"-m pip (install .*) -r requirements", (ROOT / "Makefile").read_text()))
    command = [sys.executable, "-m", "pip", *options.split(), "--no-index", "--find-links", folder]
    command += ["--target", folder / "installed", "--upgrade", "-r", folder / "pins.txt"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


# --- licences ------------------------------------------------------------------------------------------------


def test_nothing_that_the_line_runs_on_is_under_the_gpl():
    done = subprocess.run(
        [sys.executable, "tools/licences.py"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(required((ROOT / "requirements.txt").read_text()))


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        (("MIT",), None),
        (("Apache-2.0 AND MIT",), None),
        (("GPL-3.0-or-later",), "under the GPL"),
        (("GNU General Public License v3 or later (GPLv3+)",), "under the GPL"),
        (("AGPL-3.0-only",), "under the GPL"),
        (("GNU Affero General Public License v3",), "under the GPL"),
        (("GPLv3",), "under the GPL"),
        (("GNU GPL v3",), "under the GPL"),
        (("MIT AND GPL-2.0-only",), "under the GPL"),
        (("LGPL-3.0-or-later",), "under the LGPL"),
        (("GNU Lesser General Public License v2 or later (LGPLv2+)",), "under the LGPL"),
        (("MIT AND LGPL-2.1-only",), "under the LGPL"),
        (("GPL-2.0-or-later", "MPL-1.1"), None),
        ((), "tells no licence"),
        (("",), "tells no licence"),
    ],
)
def test_a_licence_is_known_by_its_name(choices, says):
    problem = Licence("some-package", "1.0", choices).problem
    assert (says in problem) if says else problem is None


def test_a_package_that_is_not_installed_tells_nothing():
    assert licence_of("a-package-that-nobody-made").problem == "tells no licence"
