"""The start page in plain mode: the choice of a language, and the list of lessons."""

from __future__ import annotations

from rich.cells import cell_len

from rnntutor.course.load import in_language
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Failure, Refused
from rnntutor.plain import commands
from rnntutor.plain.leaving import Open, Quit, Quizzed
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import contents, waiting
from rnntutor.session.start import FINAL, QuizRequest, before_first
from rnntutor.spans import pad
from rnntutor.study.progress import PageKey
from rnntutor.study.schedule import CAP, MINUTES
from rnntutor.words import LANGUAGES, load


def choose_language(tutor: PlainTutor) -> None:
    """Ask for the language; a blank line accepts the locale's.

    Raises:
        Quit: the learner leaves.
    """
    say = tutor.lines.say
    for n, lang in enumerate(LANGUAGES, 1):
        say(f"{n}  {load(lang)('language.name')}")
    while True:
        for lang in LANGUAGES:
            say(load(lang)("plain.language", n=LANGUAGES.index(tutor.words.lang) + 1))
        line = tutor.lines.read()
        if tutor.find(line, commands.HOME)[0] == "quit":
            raise Quit
        numbers = wholes(line)
        wanted = line.casefold()
        if not line:
            return tutor.set_language(tutor.words.lang)
        if wanted in LANGUAGES:
            return tutor.set_language(wanted)
        if numbers is not None and 1 <= numbers[0] <= len(LANGUAGES):
            return tutor.set_language(LANGUAGES[numbers[0] - 1])


def choose_lesson(tutor: PlainTutor) -> PageKey:
    """Return the page at which the learner wants to continue.

    Raises:
        Quit: the learner leaves.
    """
    tutor.reading = ""
    _show(tutor)
    while True:
        line = tutor.lines.read()
        name, argument = tutor.find(line, commands.HOME)
        try:
            if name == "build":
                from rnntutor.plain import building

                building.choose(tutor, argument)
                if argument:
                    _show(tutor)
            elif name in ("quiz", "review", "test"):
                raise Quizzed(_quiz_request(tutor, name, argument))
            elif name:
                before = tutor.words
                tutor.common(name, argument, _help(tutor))
                if tutor.words is not before:
                    _show(tutor)
            else:
                return _selected_page(tutor, line)
        except Open as there:
            return there.lesson, there.page
        except Failure as refused:
            tutor.refuse(refused)


def _quiz_request(tutor: PlainTutor, name: str, topic: str) -> QuizRequest:
    """Return the request for a quiz, a review or the final test.

    Raises:
        Refused: there is nothing to ask, or no such topic.
    """
    if name == "test":
        return FINAL
    if name == "review":
        due = waiting.due_here(tutor.progress, tutor.course)
        if not due:
            raise Refused("plain.nothing_due")
        return QuizRequest(size=CAP, due=due, minutes=MINUTES)
    topics = [one.id for one in tutor.course.topics]
    if topic and topic not in topics:
        raise Refused("cli.no_topic", what=topic, choices=", ".join(topics))
    return QuizRequest(topic)


def _selected_page(tutor: PlainTutor, line: str) -> PageKey:
    """Return the page that a line selects.

    Raises:
        Refused: the line selects none.
        Quizzed: the line selects the questions before the first lesson.
    """
    names = tutor.course.numbers
    entries = tutor.course.entries
    if not line:
        return tutor.view.last_page or contents.start_of(entries[0].id)
    numbers = wholes(line)
    if numbers == (0,) and tutor.course.start is not None:
        raise Quizzed(before_first(tutor.course.start.id))
    if numbers is not None and len(numbers) == 1 and str(numbers[0]) in names:
        return contents.start_of(entries[names.index(str(numbers[0]))].id)
    raise Refused("plain.home.how", numbers=", ".join(names))


def _show(tutor: PlainTutor) -> None:
    course, words, say = tutor.course, tutor.words, tutor.lines.say
    progress = tutor.progress
    say()
    say(f"rnntutor: {in_language(course.title, words.lang)}", "head")
    say()
    titles = [in_language(entry.title, words.lang) for entry in course.entries]
    room = max(cell_len(title) for title in titles)
    numbers = course.numbers
    for n, title, entry in zip(numbers, titles, course.entries, strict=True):
        if contents.begun(entry, progress):
            done, of = contents.page_counts(course, entry, words.lang, progress)
            state = words("plain.home.pages", done=done, of=of)
            state += " ✓" if of and done == of else ""
        else:
            state = words("home.minutes", n=entry.minutes)
        if entry.beyond:
            state += f"  {words('lesson.beyond')}"
        say(f"{n:>2}  {pad(title, room)}  {state}")
    if course.start is not None:
        say(f" 0  {words('home.start')}")
    _topics(tutor)
    due = waiting.due_here(progress, course)
    say()
    if due:
        asked = len(waiting.in_review(due))
        key = "plain.home.due" if asked == len(due) else "plain.home.due_of"
        say(words(key, n=asked, of=len(due)))
    say(_blank(tutor))
    say(words("plain.foot.home"), "grey")


def _topics(tutor: PlainTutor) -> None:
    """Print, for each topic, how many of the questions asked so far are known."""
    words = tutor.words
    known = tutor.view.known_topics()
    counts = [f"{name} {words('home.known_of', n=n, of=of)}" for name, n, of in known]
    if counts:
        tutor.lines.say()
        tutor.lines.say(f"{words('home.known')}: {', '.join(counts)}")


def _blank(tutor: PlainTutor) -> str:
    """Return what a blank line does."""
    page = tutor.view.last_page
    if page is None:
        return tutor.words("plain.home.begin", title=tutor.view.title(tutor.course.entries[0].id))
    return tutor.words("plain.home.go-on", title=tutor.view.full_page_title(*page))


def _help(tutor: PlainTutor) -> tuple[str, ...]:
    how = tutor.words("plain.home.how", numbers=", ".join(tutor.course.numbers))
    return tutor.help_of(commands.HOME, _blank(tutor), how)
