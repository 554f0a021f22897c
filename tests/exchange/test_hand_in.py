"""Submitted work is marked from its answers alone, and a changed file is detected."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sampling import sampled

from rnntutor import cli
from rnntutor.course.load import Course
from rnntutor.exchange import hand_in
from rnntutor.exchange.grade import DIFFERS, OTHER, Grader, by_learner, by_question
from rnntutor.study.events import read
from rnntutor.study.log import Log
from rnntutor.words import LANGUAGES, load

Learner = Callable[[Path, int], Path]


def handed(learner: Learner, directory: Path, seed: int) -> Path:
    """Write a learner's submission and return its path."""
    file = directory / f"{seed}.json"
    history = learner(directory / str(seed), seed)
    hand_in.write(hand_in.build_hand_in(read(history / "events"), f"learner {seed}"), file)
    return file


def graded_elsewhere(*files: Path) -> dict[str, object]:
    """Grade the files in another process."""
    command = [sys.executable, "-m", "rnntutor", "grade", "--json", *map(str, files)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


# In every suite two learners of one language, as each language is read anew in the other process.
@pytest.mark.parametrize("seeds", sampled([(0, 2), range(200)], lambda seeds: len(seeds) == 2))
def test_a_class_is_marked_alike_in_another_process(
    course: Course, learner: Learner, tmp_path: Path, seeds: Sequence[int]
) -> None:
    files = [handed(learner, tmp_path, seed) for seed in seeds]
    elsewhere = graded_elsewhere(*files)["learners"]
    grader = Grader(course)
    assert isinstance(elsewhere, list) and len(elsewhere) == len(seeds)
    for file, there in zip(files, elsewhere, strict=True):
        sheet = grader.grade(hand_in.read(file))
        assert sheet.consistent and there["consistent"]
        here = [(one.question, one.score) for one in sheet.answers]
        assert here == [(one["question"], one["score"]) for one in there["answers"]]
        assert len(here) > 60 and {score for _, score in here} > {0.0, 1.0}


def test_an_edited_file_is_named(
    capsys: pytest.CaptureFixture[str], learner: Learner, tmp_path: Path
) -> None:
    good, edited = handed(learner, tmp_path, 0), handed(learner, tmp_path, 1)
    text = edited.read_text()
    edited.write_text(text.replace('"score": 0.0', '"score": 1.0', 1))
    assert edited.read_text() != text
    cli.main(["--lang", "en", "grade", str(good), str(edited)])
    lines = capsys.readouterr().out.splitlines()
    assert [("inconsistent" in line) for line in lines[1:3]] == [False, True]


def test_a_mark_that_its_answer_does_not_earn_is_found_behind_a_fitting_digest(
    course: Course, learner: Learner, tmp_path: Path
) -> None:
    history = learner(tmp_path / "own", 1)
    made = hand_in.build_hand_in(read(history / "events"))
    forged = [
        event._replace(data={**event.data, "score": 1.0}) if n == 0 else event
        for n, event in enumerate(e for e in made.answers if e.data["score"] == 0)
    ]
    file = tmp_path / "forged.json"
    hand_in.write(hand_in.HandIn("x", made.salt, tuple(forged)), file)
    sheet = Grader(course).grade(hand_in.read(file))
    assert sheet.hand_in.intact and not sheet.consistent
    assert [one.state for one in sheet.answers].count(DIFFERS) == 1


def test_what_was_taken_back_and_what_came_back_of_steps_is_not_handed_in(tmp_path: Path) -> None:
    log = Log(tmp_path, "s")
    log.append("setting", name="salt", value="abc")
    first = log.append("answer", question="rnn.units", score=0.0)
    log.append("answer", question="rnn.units", score=1.0)
    log.append("answer", question="task:cell.forget", given=True, score=1.0)
    log.append("answer", question="predict:rnn.loop", given=["1"], score=0.0)
    log.append("undo", session=first.session, sequence=first.sequence)
    log.close()
    made = hand_in.build_hand_in(read(tmp_path / "events"))
    assert [event.data["score"] for event in made.answers] == [1.0]
    assert (made.salt, len(made.name)) == ("abc", 8)


def test_a_question_of_another_revision_counts_for_nothing(
    course: Course, learner: Learner, tmp_path: Path
) -> None:
    made = hand_in.build_hand_in(read(learner(tmp_path / "own", 1) / "events"))
    newer = made.answers[0]._replace(data={**made.answers[0].data, "rev": 99})
    gone = made.answers[1]._replace(data={**made.answers[1].data, "question": "rnn.gone"})
    sheet = Grader(course).grade(hand_in.HandIn("x", made.salt, (newer, gone)))
    assert [one.state for one in sheet.answers] == [OTHER, OTHER]
    assert not list(by_question([sheet]))
    assert next(by_learner([sheet])).asked == 0


def test_first_answers_times_and_the_most_frequent_mistake(tmp_path: Path, course: Course) -> None:
    """Only each learner's first answer to a question counts."""
    question = next(
        q
        for q in course.lesson("rnn", "en").questions
        if q.type == "single" and any(o.m and not o.right for o in q.body.options)
    )
    right = next(o.id for o in question.body.options if o.right)
    wrong = next(o for o in question.body.options if o.m and not o.right)
    sheets = []
    for name, given in (("a", [wrong.id, right]), ("b", [right])):
        log = Log(tmp_path / name, name)
        for n, id_ in enumerate(given):
            log.append(
                "answer",
                question=question.id,
                rev=question.rev,
                lang="en",
                given=id_,
                score=float(id_ == right),
                seconds=10.0 * (n + 1),
            )
        log.close()
        made = hand_in.build_hand_in(read(tmp_path / name / "events"), name)
        sheets.append(Grader(course).grade(made))
    line = next(by_question(sheets))
    assert (line.name, line.asked, line.answers, line.first) == (question.id, 2, 3, 1)
    assert (line.seconds, line.wrong) == (10.0, (wrong.m, 1))
    assert [(one.name, one.first, one.asked) for one in by_learner(sheets)] == [
        ("a", 0, 1),
        ("b", 1, 1),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "rnntutor-history"}', "\x00", "[" * 9999]
)
def test_what_is_no_hand_in_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, lang: str
) -> None:
    file = tmp_path / "file"
    file.write_text(text)
    assert cli.main(["--lang", lang, "grade", str(file)]) == 2
    assert load(lang)("hand_in.not_one", path=file) in capsys.readouterr().err


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
def test_the_commands_say_what_they_did(
    capsys: pytest.CaptureFixture[str], learner: Learner, tmp_path: Path, lang: str
) -> None:
    own = learner(tmp_path / "own", 0)
    file = tmp_path / "mine.json"
    there = ["--data-dir", str(own), "--lang", lang]
    assert cli.main([*there, "hand-in", "--name", "김서연", str(file)]) == 0
    assert "김서연" in capsys.readouterr().out
    assert cli.main([*there, "hand-in", str(file)]) == 2  # an existing file is not replaced
    capsys.readouterr()
    assert cli.main([*there, "report"]) == 0
    assert "own" in capsys.readouterr().out
    assert cli.main([*there, "grade", "--csv", str(file)]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("learner,question") and len(rows) > 60
    assert cli.main(["--data-dir", str(tmp_path / "new"), "--lang", lang, "hand-in", "x"]) == 2
    assert load(lang)("hand_in.nothing") in capsys.readouterr().err
