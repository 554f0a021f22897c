"""The command line. Nothing heavy is imported before it is known what was asked."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rnntutor import __version__, arguments, environment
from rnntutor.arguments import Arguments, Misused
from rnntutor.failure import Failure
from rnntutor.places import lessons_dir
from rnntutor.words import Words, load

if TYPE_CHECKING:
    from rnntutor.session.stage import Stage
    from rnntutor.session.start import Start, Wanted

OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


class Refused(Failure):
    """What was asked cannot be done."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status. Nothing but SystemExit leaves this function."""
    argv = sys.argv[1:] if argv is None else argv
    environment.prepare()
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Who read the output has gone; Python must not notice again when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _crashed(argv, error)


def _run(argv: Sequence[str]) -> int:
    try:
        asked = arguments.parse(argv)
    except Misused as misused:
        words = load(_language(argv)[0])
        text = words(misused.key, **misused.values)
        _complain(words, words("cli.see_help", text=text))
        return MISUSED
    if asked.version:
        print(load("en")("cli.version", version=__version__))
        return OK
    lang, lang_known = _language(argv)
    words = load(lang)
    if asked.help:
        print(words("cli.help").strip("\n"))
        return OK
    from rnntutor.course.errors import CourseError

    try:
        if asked.command == "check":
            return _check(asked.path or asked.course or lessons_dir(), words, runs=asked.runs)
        if asked.command == "sim":
            return _sim(asked, words, lang_known)
        if asked.command == "quiz":
            start = _start(asked, words, lang_known)
            wanted = _wanted(asked, start)
            return _show(asked, start._replace(quiz=wanted))
        return _show(asked, _start(asked, words, lang_known))
    except (Failure, CourseError) as failure:
        _complain(words, words(failure.key, **failure.values))
        return FAILED if asked.command == "check" else MISUSED


def _show(asked: Arguments, start: Start) -> int:
    from rnntutor import crash

    crash.keep_off_the_screen(start.data_dir)
    if asked.plain:
        from rnntutor.plain import run as run_plain

        return run_plain(start)
    obstacle = environment.preflight(environment.terminal())
    if obstacle is not None:
        key, values = obstacle
        raise Refused(key, **values)
    # Nothing that an import makes becomes garbage; to look for it costs a tenth of the start.
    gc.disable()
    from rnntutor.tui.app import run

    gc.freeze()
    gc.enable()
    return run(start)


def _sim(asked: Arguments, words: Words, lang_known: bool) -> int:
    """Open a simulation; print it where there is no terminal; or write its picture."""
    from dataclasses import replace

    from rnntutor.sims.base import SettingError

    try:
        from rnntutor.session import opening
        from rnntutor.session.stage import open_stage

        if not asked.name:
            return _sims(words)
        opened = opening.spec(asked.name, asked.settings, words.lang)
        here = opening.at(open_stage(opened), asked.place)
        picture = asked.svg is not None
        if picture or asked.plain or environment.preflight(environment.terminal()) is not None:
            if asked.place.t is None:
                # What is printed or drawn once is best seen when all of it has been computed.
                here = replace(here, transport=here.transport.end())
            here = opening.trained(here)
            _print(here, asked, words)
            wanted = asked.place.updates
            made = wanted if here.training is None else here.training.updates
            if made < wanted:
                _complain(words, words("cli.ended", n=made, wanted=wanted))
            return OK
    except SettingError as error:
        raise Refused(error.key, **error.values) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused("cli.not_written", path=asked.svg, reason=reason) from None
    start = _start(asked, words, lang_known)
    return _show(asked, start._replace(sim=opened, place=asked.place))


def _print(stage: Stage, asked: Arguments, words: Words) -> None:
    """A stage as it is, in a file or as lines. Raises OSError."""
    if asked.svg is not None:
        from rnntutor.pages.svg import write_svg

        write_svg(asked.svg, stage, words)
    else:
        from rnntutor.plain.picture import print_stage

        print_stage(stage, words, one=bool(asked.place.view))


def _wanted(asked: Arguments, start: Start) -> Wanted:
    """What the quiz is made from. Raises Refused for a topic or lesson that is not there."""
    from rnntutor.course.load import open_course
    from rnntutor.session.start import Wanted

    course = open_course(start.course_dir, load(start.lang))
    for what, there in (
        (asked.topic, [topic.id for topic in course.topics]),
        (asked.lesson, [entry.id for entry in course.entries]),
    ):
        if what and what not in there:
            raise Refused("cli.no_topic", what=what, choices=", ".join(there))
    return Wanted(asked.topic, asked.lesson, asked.size)


def _sims(words: Words) -> int:
    """List the simulations."""
    from rnntutor import sims

    for name in sims.names():
        key = f"lab.{name}"
        print(f"{name:14} {words(key) if key in words else ''}".rstrip())
    return OK


def _start(asked: Arguments, words: Words, lang_known: bool) -> Start:
    """All that the screens need, tried beforehand. Raises Failure and CourseError."""
    from rnntutor.course.files import any_text
    from rnntutor.course.load import open_course
    from rnntutor.session.start import Start
    from rnntutor.study import place

    text = None
    if asked.path is not None:
        if os.path.isdir(asked.path):  # noqa: PTH112, never raises
            raise Refused("cli.is_dir", path=asked.path)
        text = any_text(asked.path)
    course = open_course(asked.course or lessons_dir(), words)
    data_dir = place.data_dir(asked.data_dir)
    trouble: Failure | None = None
    try:
        place.prepare(data_dir)
    except place.PlaceError as error:
        trouble = error  # the tutor runs all the same
    start = Start(words.lang, lang_known, data_dir, course.dir, asked.path)
    return start._replace(text=text, trouble=trouble)


def _check(course: Path, words: Words, *, runs: bool) -> int:
    """Print what is wrong with a course: one line a problem, and how many there are; with `runs`
    also what came out of the trainings that it speaks of."""
    from rich.console import Console
    from rich.text import Text

    from rnntutor.check import check_course

    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    problems = list(check_course(course, words))
    for problem in problems:
        colour = "yellow" if problem.warning else "red"
        place, text = f"{problem.path}:{problem.line}:", str(problem)
        console.print(Text.assemble((place, "bold"), (text.removeprefix(place), colour)))
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    lessons = len(list(course.glob("*/*.md")))
    key = "cli.check_bad" if errors else "cli.check_warned" if warnings else "cli.check_good"
    values = {"errors": errors, "warnings": warnings, "lessons": lessons}
    console.print(words(key, **values), style="red" if errors else "green")
    if errors or not runs:
        return FAILED if errors else OK
    from rnntutor import claims

    return FAILED if claims.show(course, words, console) else OK


def _language(argv: Sequence[str]) -> tuple[str, bool]:
    """The language of this run, and whether somebody chose it: --lang, else the stored choice, else
    what the locale asks for."""
    chosen = arguments.language(argv) or _stored_language(argv)
    return (chosen, True) if chosen else (environment.guess_language() or "en", False)


def _stored_language(argv: Sequence[str]) -> str | None:
    from rnntutor.study import cache, place

    try:
        settings = cache.settings(place.data_dir(arguments.data_dir(argv)))
    except OSError:
        return None
    lang = settings.get("language")
    return lang if lang in ("ko", "en") else None


def _complain(words: Words, text: str) -> None:
    """One line on standard error, with nothing in it that could move the cursor."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in text)
    print(words("cli.say", text=line), file=sys.stderr)


def _crashed(argv: Sequence[str], error: Exception) -> int:
    """One sentence on the screen, the details in a file that only the learner can read."""
    from rnntutor import crash
    from rnntutor.study import place

    data_dir = place.data_dir(arguments.data_dir(argv))
    path = crash.record(data_dir, error)
    words = load(arguments.language(argv) or environment.guess_language() or "en")
    if path is not None:
        _complain(words, words("cli.crash", path=path))
    else:
        kind = type(error).__name__
        _complain(words, words("cli.crash_unsaved", kind=kind, path=data_dir / crash.NAME))
    return FAILED
