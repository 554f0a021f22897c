"""The commands on the history: due, progress, export, import, backup, restore, forget."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from rnntutor.cli.arguments import Arguments, as_path
from rnntutor.cli.files import OUTPUT, new_file, refusal
from rnntutor.course.load import Course, open_course
from rnntutor.failure import Refused
from rnntutor.session.waiting import due_here
from rnntutor.study import cache, directory, transfer
from rnntutor.study.days import iso_date
from rnntutor.study.log import Log, new_session
from rnntutor.study.new_file import create
from rnntutor.study.schedule import due_days
from rnntutor.words import Words


def run(asked: Arguments, words: Words) -> int:
    """Execute a command and return the exit status.

    Raises:
        Refused: the command is not possible, or a file cannot be read or written.
        TransferError: an imported file is invalid.
    """
    data_dir = asked.data_dir
    try:
        match asked.command:
            case "due":
                course = open_course(asked.course_dir, words)
                print(len(due_here(cache.load(data_dir), course)))
            case "progress":
                from rnntutor.cli import progress

                course = open_course(asked.course_dir, words)
                if asked.has("certificate"):
                    file = new_file(asked.text("certificate"))
                    progress.write_certificate(file, data_dir, course, words)
                    print(words("certificate.written", path=file))
                else:
                    progress.show(data_dir, course, words, as_json=asked.has("json"))
            case "export":
                from rnntutor.cli.exports import export

                key, text = export(asked, data_dir, words)
                if asked.word == OUTPUT:
                    print(text.removesuffix("\n"))
                else:
                    with create(as_path(asked.word)) as out:
                        # Half a surrogate pair, which a terminal may send, becomes an escape.
                        out.write(text.encode("utf-8", "backslashreplace"))
                    print(words(key, path=asked.word))
            case "import":
                directory.prepare(data_dir)
                new, known = transfer.merge(as_path(asked.word), data_dir / "events")
                print(words("history.imported", new=new, known=known))
            case "backup":
                count = transfer.backup(data_dir, new_file(asked.word))
                print(words("history.backed_up", n=count, path=asked.word))
            case "restore":
                directory.prepare(data_dir)
                count = transfer.restore(as_path(asked.word), data_dir)
                print(words("history.restored", n=count, path=data_dir))
            case "forget":
                _forget(data_dir, words, sure=asked.has("yes"))
            case _:
                raise ValueError(asked.command)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise refusal(error, asked.word or data_dir) from None
    return 0


def due_now(data_dir: Path, course: Course, words: Words) -> tuple[tuple[str, ...], str]:
    """Return the due questions, the longest waiting first.

    If there are none, a sentence about when the next are due is returned with them.
    """
    progress = cache.load_or_empty(data_dir)
    waiting = due_here(progress, course)
    if waiting:
        return waiting, ""
    days = sorted(due_days(progress).values())
    if not days:
        return (), words("review.nothing_yet")
    return (), words("review.none", n=days.count(days[0]), day=iso_date(days[0]))


def set_exam(data_dir: Path, text: str) -> None:
    """Store the day of an exam, or that there is none.

    Raises:
        Refused: the text is not a date.
    """
    if text != "none":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise Refused("review.no_date", what=text) from None
    log = Log(data_dir, new_session())
    log.append("setting", name="exam", value=None if text == "none" else text)
    log.close()


def _forget(data_dir: Path, words: Words, *, sure: bool) -> None:
    """Delete the history, after asking for confirmation unless `sure` is set."""
    if not sure:
        print(words("history.forget_ask", path=data_dir), end=" ", flush=True)
        if sys.stdin.readline().strip() != words("history.forget_word"):
            print(words("history.kept"))
            return
    print(words("history.forgotten", n=transfer.forget(data_dir)))
