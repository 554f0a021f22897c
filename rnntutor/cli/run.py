"""Executing the command line; nothing heavy is imported before the command is known."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rnntutor import __version__, crash, environment
from rnntutor.cli import arguments
from rnntutor.cli.arguments import Arguments, Misused, as_path
from rnntutor.cli.output import OutputError, redirect_output
from rnntutor.failure import Failure, Refused
from rnntutor.session.start import GUESSED, WRONG, QuizRequest, Start
from rnntutor.study import cache, directory
from rnntutor.words import FALLBACK, LANGUAGES, Words, load

if TYPE_CHECKING:
    from rnntutor.course.opened.document import Document
    from rnntutor.session.start import QuizRequest, Start

OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130
HISTORY = ("due", "progress", "export", "import", "backup", "restore", "forget")
"""The commands that read or write the learner's history without opening the tutor."""
CLASS = ("hand-in", "grade", "report")
"""The commands for a class."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; only SystemExit is raised."""
    argv = sys.argv[1:] if argv is None else argv
    environment.prepare()
    try:
        with redirect_output(sys.stdout):
            return _run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return FAILED
    except OutputError as error:
        words = load(_language(argv)[0])
        _complain(words, words("cli.not_printed", reason=error.reason))
        _drop_output()
        return FAILED
    except Exception as error:
        return _report_crash(argv, error)


def _drop_output() -> None:
    """Discard the unwritten output, so that Python's final flush does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: Sequence[str]) -> int:
    try:
        asked = arguments.parse(argv)
    except Misused as misused:
        words = load(_language(argv)[0])
        text = misused.sentence(words)
        _complain(words, words("cli.see_help", text=text))
        return MISUSED
    if asked.version:
        print(load(FALLBACK)("cli.version", version=__version__))
        return OK
    lang, lang_known = _language(argv)
    words = load(lang, asked.has("ascii") or environment.ascii_only())
    try:
        if asked.help:
            from rnntutor.cli.help import help_text

            print(help_text(asked.command, asked.word, words))
            return OK
        if asked.command == "check":
            from rnntutor.cli.checking import check

            course = as_path(asked.word) if asked.word else asked.course_dir
            return FAILED if check(course, words, runs=asked.has("runs")) else OK
        if asked.command == "draft":
            from rnntutor.cli.drafting import draft

            print(draft(asked, words))
            return OK
        if asked.command == "sim":
            return _sim(asked, words, lang_known)
        if asked.command == "build":
            return _build(asked, words, lang_known)
        if asked.command in HISTORY:
            from rnntutor.cli import history

            return history.run(asked, words)
        if asked.command in CLASS:
            from rnntutor.cli import classroom

            return classroom.run(asked, words)
        if asked.command == "review":
            return _review(asked, _start(asked, words, lang_known), words)
        if asked.command == "quiz":
            start = _start(asked, words, lang_known)
            wanted = _quiz_request(asked, start)
            return _show(asked, start._replace(quiz=wanted))
        return _show(asked, _start(asked, words, lang_known))
    except Failure as failure:
        _complain(words, failure.sentence(words))
        return FAILED if asked.command == "check" else MISUSED


def _show(asked: Arguments, start: Start) -> int:
    crash.keep_off_the_screen(start.data_dir)
    if asked.has("plain"):
        from rnntutor.plain import run as run_plain

        return run_plain(start)
    obstacle = environment.preflight(environment.terminal())
    if obstacle is not None:
        key, values = obstacle
        raise Refused(key, **values)
    # Nothing imported for the first screen is garbage, and looking for it takes 20 of 470 ms
    # (`benchmarks/price.py`). The collector is turned on again after the first painting.
    gc.disable()
    from rnntutor.tui.app import run

    return run(start)


def _sim(asked: Arguments, words: Words, lang_known: bool) -> int:
    from rnntutor.cli.simulation import list_all, sim_spec

    if not asked.word:
        list_all(words)
        return OK
    spec = sim_spec(asked, words)
    if asked.has("svg") or asked.has("plain") or _no_terminal():
        from rnntutor.cli.printed_simulation import print_simulation

        for sentence in print_simulation(spec, asked, words):
            _complain(words, sentence)
        return OK
    start = _start(asked, words, lang_known)
    return _show(asked, start._replace(sim=spec, start_point=asked.start_point))


def _build(asked: Arguments, words: Words, lang_known: bool) -> int:
    if not (asked.has("stage") or asked.has("race")):
        from rnntutor.cli import building

        return OK if building.run(asked, words) else FAILED
    from rnntutor.cli import own as own_runs

    own = own_runs.passing(asked, words)
    if own is None:
        return FAILED
    if asked.has("plain") or _no_terminal():
        own_runs.print_own(own, asked, words)
        return OK
    start = _start(asked, words, lang_known)
    return _show(asked, start._replace(own=own, start_point=asked.start_point))


def _review(asked: Arguments, start: Start, words: Words) -> int:
    """Start a review of the due questions; if none is due, print when the next will be."""
    from rnntutor.cli.history import due_now, set_exam
    from rnntutor.study.schedule import CAP, MINUTES

    if asked.has("exam"):
        set_exam(start.data_dir, asked.text("exam"))
    waiting, sentence = due_now(start.data_dir, start.course, words)
    if not waiting:
        print(sentence)
        return OK
    size = asked.number("n", CAP)
    minutes = asked.number("minutes", MINUTES)
    return _show(asked, start._replace(quiz=QuizRequest(size=size, due=waiting, minutes=minutes)))


def _no_terminal() -> bool:
    return environment.preflight(environment.terminal()) is not None


def _quiz_request(asked: Arguments, start: Start) -> QuizRequest:
    """Return the request for a quiz.

    Raises:
        Refused: there is no such topic, lesson or pair, or no question is left.
    """
    from rnntutor.session.composing import refuse_empty

    course = start.course
    for what, there in (
        (asked.text("topic"), [topic.id for topic in course.topics]),
        (asked.text("lesson"), [entry.id for entry in course.entries]),
        (asked.text("pair"), [pair.id for pair in course.pairs]),
    ):
        if what and what not in there:
            raise Refused("cli.no_topic", what=what, choices=", ".join(there))
    wanted = QuizRequest(
        asked.text("topic"),
        asked.text("lesson"),
        asked.number("n", 10),
        only=WRONG if asked.has("wrong") else GUESSED if asked.has("guessed") else "",
        pair=asked.text("pair"),
        unopened=asked.has("all"),
    )
    refuse_empty(course, start.lang, wanted, cache.load_or_empty(start.data_dir))
    return wanted


def _start(asked: Arguments, words: Words, lang_known: bool) -> Start:
    """Return everything that the tutor needs, checked in advance.

    Raises:
        CourseError: the course or a file cannot be read.
        Failure: another error to be reported in one sentence.
    """
    from rnntutor.course.load import open_course

    documents: tuple[Document, ...] = ()
    file = as_path(asked.word) if asked.command == "open" else None
    if file is not None:
        documents = _documents((asked.word, *asked.more))
    course = open_course(asked.course_dir, words)
    data_dir = asked.data_dir
    trouble: Failure | None = None
    try:
        directory.prepare(data_dir)
    except directory.DataDirError as error:
        trouble = error  # the tutor runs anyway
    start = Start(words.lang, lang_known, data_dir, course, file)
    return start._replace(documents=documents, trouble=trouble, ascii_only=words.ascii_only)


def _documents(names: Sequence[str]) -> tuple[Document, ...]:
    """Return the texts of the files given to `open`.

    Raises:
        Refused: a URL is given.
        CourseError: a file cannot be read.
    """
    from rnntutor.course.opened.folder import documents

    address = next((name for name in names if "://" in name[:12]), "")
    if address:
        raise Refused("cli.is_url", url=address)
    return documents([as_path(name) for name in names])


def _language(argv: Sequence[str]) -> tuple[str, bool]:
    """Return the language, and whether it was chosen by --lang or earlier and not by the locale."""
    chosen = arguments.language(argv) or _stored_language(argv)
    return (chosen, True) if chosen else (_guess_language(), False)


def _guess_language() -> str:
    return environment.guess_language(LANGUAGES) or FALLBACK


def _stored_language(argv: Sequence[str]) -> str | None:
    try:
        settings = cache.settings(directory.data_dir(arguments.data_dir(argv)))
    except OSError:
        return None
    lang = settings.get("language")
    return lang if lang in LANGUAGES else None


def _complain(words: Words, text: str) -> None:
    """Print one line on standard error, with non-printable characters replaced."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in text)
    with suppress(OSError):  # nowhere else to report it
        print(words("cli.say", text=line), file=sys.stderr)


def _report_crash(argv: Sequence[str], error: Exception) -> int:
    """Print one sentence and write the details to a file that only the learner can read."""
    data_dir = directory.data_dir(arguments.data_dir(argv))
    path = crash.record(data_dir, error)
    words = load(arguments.language(argv) or _guess_language())
    if path is not None:
        _complain(words, words("cli.crash", path=path))
    else:
        kind = type(error).__name__
        _complain(words, words("cli.crash_unsaved", kind=kind, path=data_dir / crash.NAME))
    return FAILED
