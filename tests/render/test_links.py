"""Labels of links to simulations and of claimed runs: in words, and unique in each text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from rnntutor import sims
from rnntutor.check.runs import runs_of
from rnntutor.course.blocks import Link
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.render.links import label, link_labels
from rnntutor.render.views.runs import run_label
from rnntutor.session.links import sim_links
from rnntutor.sims.base import knobs
from rnntutor.words import LANGUAGES, Words, load

COURSE = open_course(lessons_dir(), load("en"))
SETTINGS = {name for use in sims.names() for name in knobs(sims.find(use).settings)}


def internal(words: Words) -> re.Pattern[str]:
    """Return a pattern for names from the code.

    These are names of settings that are not words of the interface, and names with an underscore
    before more than a letter.
    """
    said = " ".join(words.table().values())
    names = [n for n in SETTINGS if len(n) > 1 and not re.search(rf"\b{n}\b", said)]
    return re.compile(rf"[A-Za-z]+_[A-Za-z]{{2,}}|\[\d|\b({'|'.join(sorted(names))})\b")


def lists(lang: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield the links of each text that shows them together."""
    for entry in COURSE.entries:
        for step in COURSE.lesson(entry.id, lang).steps:
            yield f"{entry.id}.{step.id}", sim_links(step.everything)
            for question in step.questions:
                yield question.id, sim_links(question.why)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_that_stand_together_have_names_of_their_own(lang: str) -> None:
    words = load(lang)
    several = 0
    for name, links in lists(lang):
        names = link_labels(links, lambda link, n: label(link, {}, str, words, n))
        several += len(names) > 1
        assert len(set(names)) == len(names), (name, names)
    assert several


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_label_shows_a_name_of_the_program(lang: str) -> None:
    words = load(lang)
    every = {label(link, {}, str, words, 9) for _, links in lists(lang) for link in links}
    for entry in COURSE.entries:
        every |= {run_label(run, words) for run in runs_of(COURSE.lesson(entry.id, lang))}
    own = [words(f"sim.{use}") for use in sims.names()]
    wrong, wanted = [], internal(words)
    for text in every:
        rest = text
        for name in own:
            rest = rest.replace(name, "")
        if wanted.search(rest):
            wrong.append(text)
    assert len(every) > 40 and wrong == []
