"""The locks: everything pinned by its hash, no host named, and two versions that nothing else catches."""

import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LOCKS = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for path in [REPOSITORY / "requirements.lock", *REPOSITORY.glob("tests/**/*.lock")]
)


def requirements(lock: str) -> dict[str, str]:
    """Return what stands under the name of each package."""
    text = (REPOSITORY / lock).read_text(encoding="utf-8")
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9])", without_comments, flags=re.MULTILINE)
    return {re.split(r"[=\[ ]", entry)[0]: entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_version_and_hash(lock):
    locked = requirements(lock)
    assert len(locked) > 0
    loose = [name for name, entry in locked.items() if "==" not in entry or "--hash=sha256:" not in entry]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host(lock):
    assert "://" not in Path(REPOSITORY, lock).read_text(encoding="utf-8")


@pytest.mark.parametrize(("package", "below"), [("fastapi", (0, 151)), ("sqlalchemy", (2, 1))])
def test_prefect_has_the_versions_that_it_works_with(package, below):
    found = re.search(r"==(\d+)\.(\d+)", requirements("requirements.lock")[package])
    assert found is not None
    assert (int(found[1]), int(found[2])) < below
