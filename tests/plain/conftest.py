from __future__ import annotations

from pathlib import Path

import pytest
import small_course
from plain_talk import Talk


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of the small course. No test changes it, so it is read only once."""
    return small_course.write(tmp_path_factory.mktemp("small") / "course")


@pytest.fixture
def talk(small: Path, tmp_path: Path) -> Talk:
    """Return a learner in plain mode at the small course, in English."""
    return Talk(small, tmp_path / "data").salted()
