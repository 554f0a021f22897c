"""The plain mode: a line-based interface for screen readers, simple terminals and pipes."""

from __future__ import annotations

from rnntutor.course.errors import CourseError
from rnntutor.plain import first_minute
from rnntutor.plain.home import choose_language, choose_lesson
from rnntutor.plain.leaving import Menu, Open, Quit, Quizzed
from rnntutor.plain.lesson import PlainLesson
from rnntutor.plain.lines import Lines
from rnntutor.plain.quizzing import Quizzing
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session.learner import Learner, open_log
from rnntutor.session.start import Start
from rnntutor.study import cache
from rnntutor.study.progress import PageKey
from rnntutor.words import load

__all__ = ["run"]


def run(start: Start) -> int:
    """Read and answer lines until the learner leaves or the input ends.

    Returns:
        The exit status.

    Raises:
        CourseError: a file cannot be opened.
    """
    words = load(start.lang, start.ascii_only)
    learner = Learner(open_log(start))
    tutor = PlainTutor(words, start.course, learner, Lines(), start.data_dir)
    try:
        if start.trouble is not None:
            tutor.refuse(start.trouble)
        try:
            learner.set_history(cache.load(start.data_dir))
        except OSError as error:
            reason = error.strerror or str(error)
            tutor.lines.say(tutor.words("status.history", reason=reason), "wrong")
        _teach(tutor, start)
    except Quit:
        return 0
    finally:
        learner.close()
    return 0


def _teach(tutor: PlainTutor, start: Start) -> None:
    """Read one file, or the course starting from its list of lessons.

    Raises:
        Quit: the learner leaves.
    """
    if start.lang_known and tutor.progress.settings.get("language") != start.lang:
        # --lang is a choice of language too; do not ask for it again.
        tutor.record(("setting", {"name": "language", "value": start.lang}))
    if start.open_file is not None:
        _read_file(tutor, start)
        return
    if not start.lang_known:
        choose_language(tutor)
        first_minute.show(tutor)
    wanted_page: PageKey | None = None
    quiz = start.quiz
    while True:
        try:
            if quiz is None:
                lesson, page = wanted_page or choose_lesson(tutor)
                wanted_page = None
                _reader(tutor, lesson, page).read()
            else:
                wanted, quiz = quiz, None
                Quizzing(tutor, wanted).read()
        except Open as there:
            wanted_page = there.lesson, there.page
        except Quizzed as there:
            quiz = there.wanted
        except Menu:
            continue
        except CourseError as error:
            tutor.refuse(error)


def _reader(tutor: PlainTutor, lesson: str, page: str) -> PlainLesson:
    """Return a lesson of the course, opened at a page.

    Raises:
        CourseError: the lesson cannot be read.
    """
    reader = PlainLesson(tutor, tutor.course.lesson(lesson, tutor.words.lang), page)
    tutor.record(("page", {"lesson": lesson, "page": page}))
    return reader


def _read_file(tutor: PlainTutor, start: Start) -> None:
    """Read a file as a lesson, until the learner asks for the list of lessons.

    Raises:
        Quit: the learner leaves.
        CourseError: the file cannot be read.
    """
    from rnntutor.course.opened.lesson import open_started

    assert start.open_file is not None
    lesson = open_started(start.open_file, start.documents, tutor.words.lang, tutor.words)
    reader = PlainLesson(tutor, lesson, "cover", listed=False)
    while True:
        try:
            reader.read()
        except Open as there:
            reader = _reader(tutor, there.lesson, there.page)
        except Menu:
            return
