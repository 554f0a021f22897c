"""What the command line asked for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Start(NamedTuple):
    """How the tutor begins. lang: "ko" or "en"; lang_known: whether it was chosen (on the command
    line or earlier) or is only what the locale suggests, so that the learner is asked once.
    data_dir: the learner's, ready to be written. course_dir: where course.toml is. open_file: a
    Markdown or text file to be read as a lesson, instead of the home screen."""

    lang: str
    lang_known: bool
    data_dir: Path
    course_dir: Path
    open_file: Path | None = None
