"""In which order files of tests run side by side: the slow ones first, or the last of them is waited for alone. Files
that need the same walk of the line run in one process, one after the other."""

from collections.abc import Iterable

import pytest
from xdist.scheduler import LoadScopeScheduling

SLOW = (
    "test_ruler.py",
    "test_walk.py",
    "test_workbench_browser.py",
    "test_doctor.py",
    "test_editing.py",
    "test_commands.py",
    "test_embedded.py",
    "test_groups.py",
    "test_strangers.py",
    "test_audio.py",
    "test_workers.py",
    "test_report_page.py",
    "test_scenarios.py",
    "test_optouts.py",
    "test_stops.py",
    "test_encrypted.py",
    "test_report.py",
    "test_store.py",
    "test_one_server.py",
    "test_examples.py",
    "test_phone_browser.py",
    "test_fuzz.py",
    "test_mending.py",
    "test_structure.py",
    "test_since.py",
    "test_workbench.py",
    "test_deploy.py",
    "test_hanging_api.py",
    "test_rights.py",
    "test_rehearse.py",
    "test_services.py",
    "test_private.py",
    "test_script.py",
    "test_rest.py",
    "test_workbench_adding.py",
    "test_text_me_this.py",
    "test_bench.py",
    "test_signs_of_life.py",
    "test_malformed.py",
    "test_rules_of_listening.py",
    "test_secret.py",
    "test_recordings_played.py",
    "test_rules.py",
    "test_rotation.py",
    "test_fragments_against_another.py",
    "test_memory.py",
)
"""As last measured; a name that is missing here costs time and nothing else."""
TOGETHER = {"test_ruler.py": "walk", "test_walk.py": "walk"}
APART = "[Spanish-"
"""In the name of a test that needs the walk in the second language, which another process can take meanwhile."""


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0].rpartition("/")[2]


def slow_first(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Within a file the order stays."""
    rank = {file: place for place, file in enumerate(SLOW)}
    return sorted(items, key=lambda item: rank.get(file_of(item.nodeid), len(SLOW)))


class FilesInOrder(LoadScopeScheduling):
    """A file is not split, since its tests share servers; but for the walks in two languages."""

    def _split_scope(self, nodeid: str) -> str:
        together = TOGETHER.get(file_of(nodeid), nodeid.partition("::")[0])
        return f"{together} {APART}" if APART in nodeid else together
