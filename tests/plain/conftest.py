from __future__ import annotations

from pathlib import Path

import pytest
import small_course
from plain_talk import Talk


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Return a learner in plain mode at the small course, in English."""
    return Talk(small_course.write(tmp_path / "course"), tmp_path / "data").salted()
