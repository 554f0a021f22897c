"""The end of a quiz as rows: what went well, what did not, where to go back to."""

from __future__ import annotations

from rnntutor.course.load import Course, in_language
from rnntutor.pages.home import page_title
from rnntutor.pages.listed import entry
from rnntutor.session.quiz import Quiz
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.words import Words

BAR = 20


def end_rows(quiz: Quiz, course: Course, words: Words, cells: int) -> Rows:
    """Points in all and by topic, then the steps of what was wrong."""
    if not quiz.items:
        return ((), (Span(words("cli.no_questions")),))
    points = sum(quiz.scores)
    rows: list[Row] = [
        (),
        (Span(words("quiz.points", points=f"{points:g}", of=len(quiz.items)), strong=True),),
        (),
    ]
    names = {topic.id: in_language(topic.name, words.lang) for topic in course.topics}
    for topic, (got, count) in quiz.by_topic().items():
        filled = round(BAR * got / count)
        role = "right" if got == count else "accent" if got * 2 >= count else "h"
        rows.append(
            (
                Span(pad(names.get(topic, topic), 24)),
                Span("━" * filled, role),
                Span("━" * (BAR - filled), "line"),
                Span(f"  {got:g}/{count}", "grey"),
            )
        )
    steps = quiz.steps()
    if steps:
        rows += [(), (Span(words("quiz.back"), "grey"),)]
        for n, (lesson, step) in enumerate(steps[:9], 1):
            title = in_language(course.entry(lesson).title, words.lang)
            where = f"{title} · {page_title(course, lesson, step, words)}"
            rows += entry((Span(f"  {n}  ", "accent"),), (Span(where),), cells, link=f"key:{n}")
    if quiz.wrong:
        rows += [(), (Span(words("quiz.again", n=len(quiz.wrong)), "grey"),)]
    return tuple(rows)
