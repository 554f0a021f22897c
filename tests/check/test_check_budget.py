"""A check of any course ends, and says so where it could not look at everything."""

from __future__ import annotations

import os
import signal

import pytest
from course_files import EN1, FILES, write

from rnntutor.check import check_course
from rnntutor.words import load

WORDS = load("en")
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="timers are Unix's")


def test_a_check_ends_when_its_time_is_up_and_says_so(tmp_path):
    files = {**FILES, EN1: FILES[EN1] + "\n## Step\n\ntext\n" * 3000}
    problems = check_course(write(tmp_path, files), WORDS, seconds=0.2)
    assert [p.rule for p in problems].count("budget") == 1
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_course_that_is_checked_in_time_is_checked_whole(tmp_path):
    problems = check_course(write(tmp_path, FILES), WORDS)
    assert "budget" not in [p.rule for p in problems]


@pytest.mark.parametrize("name", ["course.toml", EN1])
def test_a_pipe_in_the_place_of_a_file_is_a_problem_of_that_file(name, tmp_path):
    there = write(tmp_path, FILES)
    (there / name).unlink()
    os.mkfifo(there / name)
    assert any(p.rule == "unreadable" and p.path.endswith(name) for p in check_course(there, WORDS))
