"""Exports of the questions for other programs: every kind is complete, and the files are valid."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sampling import sampled
from texts import constant_parts

from rnntutor import cli
from rnntutor.course.load import Course, open_course
from rnntutor.course.questions import forms
from rnntutor.course.questions.registry import KINDS
from rnntutor.exchange import anki, moodle, questions
from rnntutor.exchange.markdown import Markdown
from rnntutor.exchange.questions import pose_questions, prompt, writer
from rnntutor.package_data import lessons_dir
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.spans import plain
from rnntutor.study.log import Log
from rnntutor.words import LANGUAGES, load

TYPES = {
    forms.OptionForm: "multichoice",
    forms.NumberForm: "numerical",
    forms.GapForm: "cloze",
    forms.OrderForm: "matching",
    forms.PairForm: "matching",
}


@pytest.fixture(scope="module", params=sampled(LANGUAGES, lambda lang: lang == "ko"))
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


# ---- Moodle ------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=sampled([2, moodle.VARIANTS], lambda count: count == 2))
def variants(request: pytest.FixtureRequest) -> int:
    """Number of exported variants of a question with drawn numbers."""
    return request.param


@pytest.fixture(scope="module")
def quiz(course: Course, lang: str, variants: int) -> ET.Element:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moodle, "VARIANTS", variants)
        return ET.fromstring(moodle.quiz(course, load(lang)))


def test_every_kind_has_its_form_in_moodle(
    course: Course, lang: str, variants: int, quiz: ET.Element
) -> None:
    wanted: Counter[str] = Counter()
    for one in pose_questions(course, lang, variants=1):
        kind = KINDS[one.question.type]
        wanted[TYPES[type(one.form)]] += variants if kind.drawn else 1
    found = Counter(q.get("type") for q in quiz)
    asked = {topic for entry in course.entries for topic in entry.topics}
    assert found.pop("category") >= len(asked)
    assert found == wanted


def test_a_question_has_its_text_its_reason_and_an_id(quiz: ET.Element) -> None:
    ids = []
    for question in quiz:
        if question.get("type") == "category":
            continue
        ids.append(question.findtext("idnumber"))
        assert question.findtext("name/text")
        assert question.find("questiontext").get("format") == "html"  # type: ignore[union-attr]
        assert question.findtext("questiontext/text")
        assert question.findtext("generalfeedback/text")
    assert len(set(ids)) == len(ids)


def test_points_add_up(quiz: ET.Element) -> None:
    """In a single choice one option is worth all; in multiple choice the right ones share it."""
    for question in quiz.iterfind("question[@type='multichoice']"):
        worth = [float(answer.get("fraction", "")) for answer in question.iterfind("answer")]
        assert sum(w for w in worth if w > 0) == pytest.approx(100, abs=1e-3)
        if question.findtext("single") == "true":
            assert sorted(worth)[-1] == 100 and min(worth) == 0
        else:
            assert min(worth) < 0
        wrong = [a for a in question.iterfind("answer") if float(a.get("fraction", "")) <= 0]
        assert all(answer.findtext("feedback/text") for answer in wrong)


def test_a_known_mistake_never_passes_for_the_number(quiz: ET.Element) -> None:
    for question in quiz.iterfind("question[@type='numerical']"):
        right, *wrong = question.iterfind("answer")
        key, spread = float(right.findtext("text") or ""), float(right.findtext("tolerance") or "")
        assert (right.get("fraction"), spread >= 0) == ("100", True)
        for answer in wrong:
            assert answer.get("fraction") == "0" and answer.findtext("feedback/text")
            assert abs(float(answer.findtext("text") or "") - key) > spread


def test_what_is_matched_to_is_plain_text(quiz: ET.Element) -> None:
    """A browser's menu shows neither formulas nor HTML elements."""
    for question in quiz.iterfind("question[@type='matching']"):
        answers = [one.findtext("answer/text") or "" for one in question.iterfind("subquestion")]
        assert len(set(answers)) == len(answers) > 2 and all(answers)
        assert not any("\\" in answer or "<" in answer for answer in answers)


def test_gaps_can_be_read_back(quiz: ET.Element) -> None:
    """Each gap is valid in Moodle, with a right answer and a reason for each wrong one.

    Moodle reads `{1:KIND:` up to the first brace that is not an entity.
    """
    gap = re.compile(r"\{1:(SHORTANSWER|MULTICHOICE|NUMERICAL):([^{}]*)\}")
    for question in quiz.iterfind("question[@type='cloze']"):
        text = question.findtext("questiontext/text") or ""
        found = gap.findall(text)
        assert len(found) == len(re.findall(r"\{1:", text)) > 0
        for kind, inside in found:
            parts = inside.split("~")
            assert any(part.startswith("=") for part in parts)
            wrong = [part for part in parts if not part.startswith("=")]
            assert wrong and all("#" in part for part in wrong)
            if kind != "MULTICHOICE":
                assert wrong[0].startswith("*#")


# ---- Anki --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def notes(course: Course, lang: str) -> str:
    return anki.notes(course, load(lang))


def test_a_note_is_one_line_with_its_own_guid(course: Course, lang: str, notes: str) -> None:
    head = [line for line in notes.splitlines() if line.startswith("#")]
    rows = list(csv.reader(io.StringIO(notes[len("\n".join(head)) + 1 :]), delimiter="\t"))
    assert head[0] == "#separator:tab" and f"#guid column:{1}" in head
    assert {len(row) for row in rows} == {4}
    assert len({row[0] for row in rows}) == len(rows)
    asked = len(list(pose_questions(course, lang, variants=anki.VARIANTS)))
    assert len(rows) == asked + len(course.terms)
    assert all(front and back for _, front, back, _ in rows)
    assert all("\n" not in cell for row in rows for cell in row)


def test_formulas_stay_formulas(notes: str) -> None:
    assert notes.count("\\(") == notes.count("\\)") > 500
    assert "{{" not in notes and "$" not in re.sub(r"\\\(.*?\\\)", "", notes)


def test_two_links_have_a_comma_between_them_and_a_step_its_lesson(
    course: Course, lang: str
) -> None:
    """A step's link on a card includes its lesson, and adjacent links are separated; in Markdown
    too."""
    words = load(lang)
    found = {one.id: one for one in pose_questions(course, lang, lesson="sequence")}
    why = found["sequence.items-match"].question.why
    named = words(
        "course.step_link", n="1", title=course.step_name("sequence.items", "sequence", lang)
    )
    for text in (
        writer(course, lang, words).blocks(why),
        Markdown(words, course.names(lang), lambda to: course.step_name(to, "", lang)).blocks(why),
    ):
        assert f", {named}" in text


# ---- the learner's answers ---------------------------------------------------------------------


def test_what_was_answered_is_written_down(
    capsys: pytest.CaptureFixture[str],
    learner: Callable[[Path, int], Path],
    tmp_path: Path,
    course: Course,
    lang: str,
) -> None:
    own = learner(tmp_path / "own", 0)
    file = tmp_path / "learnt.md"
    args = ["--data-dir", str(own), "--lang", lang, "export", str(file), "--md"]
    assert cli.main(args) == 0
    text = file.read_text(encoding="utf-8")
    titles = re.findall(r"^### [✓✗] .* \(\d{4}-\d\d-\d\d\)$", text, re.MULTILINE)
    assert len(titles) > 60
    assert load(lang)("learnt.own") in text and "{{" not in text
    assert cli.main(args) == 2  # never overwrites a file


def test_notes_and_what_is_unclear_are_written_down_and_taken_along(
    tmp_path: Path, lang: str
) -> None:
    data = tmp_path / "own"
    log = Log(data, "s")
    log.append("note", lesson="rnn", page="loop", text="h is a state")
    log.append("note", lesson="", page="rnn.one-weight", text="one W")
    log.append("unclear", lesson="rnn", page="unrolled", on=True)
    log.close()
    text, kept = tmp_path / "learnt.md", tmp_path / "all.json"
    args = ["--data-dir", str(data), "--lang", lang, "export"]
    assert cli.main([*args, "--md", str(text)]) == 0 == cli.main([*args, str(kept)])
    words, lesson = load(lang), open_course(lessons_dir(), load(lang)).lesson("rnn", lang)
    names = {step.id: plain(lay_out_inline(step.title, 200, Context(words=words))[0])
             for step in lesson.steps}  # fmt: skip
    written = text.read_text(encoding="utf-8")
    assert f"### {words('learnt.notes')}\n\n- {names['loop']}: h is a state\n" in written
    assert ": one W" in written
    assert f"### {words('learnt.unclear')}\n\n- {names['unrolled']}\n" in written
    events = json.loads(kept.read_text(encoding="utf-8"))["events"]
    assert [event["kind"] for event in events][:3] == ["note", "note", "unclear"]


@pytest.mark.parametrize("form", ["anki", "moodle", "md"])
def test_one_lesson_alone(tmp_path: Path, form: str, lang: str) -> None:
    file = tmp_path / "one"
    assert cli.main(["--lang", lang, "export", f"--{form}", "--lesson", "gru", str(file)]) == 0
    assert file.stat().st_size > 20


def test_what_cannot_be_exported_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    file = str(tmp_path / "x")
    for options, key in (
        (["--anki", "--md"], "export.one_form"),
        (["--lesson", "gru"], "export.whole"),
        (["--anki", "--lesson", "nothing"], "course.error.lesson"),
    ):
        assert cli.main(["--lang", lang, "export", file, *options]) == 2
        err = capsys.readouterr().err
        assert all(part in err for part in constant_parts(load(lang)(key))), err
    assert not Path(file).exists()


def test_what_was_built_is_written_with_the_answers(tmp_path: Path) -> None:
    """The learner's code is exported even if it contains a fence, and a backup contains its
    file."""
    own = tmp_path / "data"
    code = 'def rnn_step(x, h_prev, W, U, b):\n    """```"""\n    return x\n'
    (own / "build").mkdir(parents=True)
    (own / "build" / "rnn_step.py").write_text(code)
    args = ["--lang", "en", "--data-dir", str(own)]
    assert cli.main([*args, "export", "--md", str(tmp_path / "mine.md")]) == 0
    text = (tmp_path / "mine.md").read_text(encoding="utf-8")
    assert f"One step of the RNN (begun)\n\n````python\n{code}````\n" in text
    assert cli.main([*args, "backup", str(tmp_path / "all.tar.gz")]) == 0
    other = ["--data-dir", str(tmp_path / "other")]
    assert cli.main([*other, "restore", str(tmp_path / "all.tar.gz")]) == 0
    assert (tmp_path / "other" / "build" / "rnn_step.py").read_text() == code


def test_a_calculation_stands_line_by_line_with_its_gaps_worked_out_behind(course: Course) -> None:
    """The front of a card has gaps for the numbers, the back has the calculation of each line."""
    words = load("en")
    one = next(one for one in pose_questions(course, "en") if one.question.type == "faded")
    html = writer(course, "en", words)
    front, back = prompt(one, html), questions.key(one, html)
    gaps = front.count(": ____]")
    assert gaps > 1 and "____" not in back
    assert front.count("<li>") == back.count("<li>") and "<li><p>" not in back
    assert back.count("<strong>") >= gaps + front.count("<strong>") - 1  # the title is on the front
