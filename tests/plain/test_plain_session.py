"""Sessions in plain mode: start, leaving at any moment, returning, odd input, pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st
from plain_talk import Talk, joined, steering
from rich.cells import cell_len
from sampling import given_some, sampled
from strategies import any_text

from rnntutor.course.load import open_course
from rnntutor.plain.lines import COLUMNS
from rnntutor.study.directory import DataDirError
from rnntutor.words import LANGUAGES, load


def test_the_first_lines_ask_for_the_language_once(talk: Talk) -> None:
    talk.known = False
    said = talk("3", "x", "1", "")
    assert said.count(load("ko")("plain.language", n=2)) == 3
    assert "rnntutor: 작은 강좌" in said
    assert ("setting", {"name": "language", "value": "ko"}) in talk.events()


@pytest.mark.parametrize(("line", "lang"), [("", "en"), ("2", "en"), ("ko", "ko"), ("KO", "ko")])
def test_a_language_is_chosen_by_number_name_or_blank(talk: Talk, line: str, lang: str) -> None:
    talk.known = False
    talk(line)
    assert [data["value"] for _, data in talk.events("setting")][1:] == [lang]


def test_nothing_is_chosen_for_who_leaves_at_once(talk: Talk) -> None:
    talk.known = False
    talk("q")
    talk()
    assert [data["name"] for _, data in talk.events()] == ["salt"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_that_was_given_is_stored_once(talk: Talk, lang: str) -> None:
    talk.lang = lang
    talk("q")
    talk("q")
    stored = [data["value"] for _, data in talk.events("setting") if data["name"] == "language"]
    assert stored == [lang]


def test_where_nothing_can_be_kept_everything_counts_until_the_session_ends(talk: Talk) -> None:
    """A message says so once; answers get verdicts and count on home."""
    there = talk.course / "course.toml"  # a file instead of a directory
    talk.data, talk.trouble = there, DataDirError("study.data_dir_denied", dir=there)
    said = talk("go one.rnn.single", "2", "3", "m")
    sentence = "".join(talk.text("study.data_dir_denied", dir=there).split())
    assert "".join(said.split()).count(sentence) == 1
    assert f"✓ {talk.text('verdict.right')}" in said
    assert " 1  One  1 of 9 pages done\n" in said.rpartition("rnntutor:")[2]
    assert " 1  One  25 min\n" in talk("q")


def test_home_lists_the_lessons_by_their_numbers_with_what_is_done(talk: Talk) -> None:
    assert " 1  One  25 min\n 2  Two  25 min\n" in talk()
    said = talk("1", "", "", "", "", "2", "3", "m")
    assert " 1  One  1 of 9 pages done\n" in said.rpartition("rnntutor:")[2]


@pytest.mark.parametrize("line", ["3", "0", "one", "1 2", "-", "½"])
def test_home_says_what_it_takes(talk: Talk, line: str) -> None:
    assert talk.text("plain.home.how", numbers="1, 2") in joined(talk(line))


def test_a_blank_line_goes_on_where_one_was(talk: Talk) -> None:
    talk("1", "", "", "", "", "q")
    assert talk("").rpartition("[")[2].startswith("3/11] 1 One · question: Single")
    assert [data["page"] for _, data in talk.events("page")][-1] == "rnn.single"


def test_blank_lines_lead_through_the_whole_course(talk: Talk) -> None:
    """Blank lines pass every request, open tasks after a message, and end at the list of
    lessons."""
    said = talk("1", *[""] * 21)
    assert said.count(talk.text("plain.task_open")) == 2
    visited = [data["page"] for _, data in talk.events("page")]
    assert visited[:3] == ["cover", "gates", "rnn.single"]
    assert visited[-3:] == ["last", "rnn.last", "end"]
    assert said.rpartition("rnntutor:")[2].startswith(" A small course")


def test_a_cover_names_its_steps_and_its_links(talk: Talk) -> None:
    said = talk("2", "b", "2")
    assert "  1  Choice\n  2  Last\n" in said
    assert talk.text("plain.first_page") in said
    assert said.rpartition("[")[2].startswith("4/6] 2 Two · Last")
    cover = talk("1")
    assert "https://example.org/paper\n" in cover
    assert "go two.last: Two · Last\n" in cover


def test_the_end_sums_up_and_opens_questions_again(talk: Talk) -> None:
    said = talk("go one.rnn.letter", "b", "", "= b", "3", "", "x", "7")
    assert "One: you know 1 of its 8 questions." in said
    assert "  8  ✓ Letter" in said and "  1  · Single" in said
    assert said.rpartition("[")[2].startswith("9/11] 1 One · question: Trace")


def test_every_page_has_its_help(talk: Talk) -> None:
    said = talk("?", "1", "?", "", "?", "", "？", "", "", "help", "1", "?", "", "?")
    words = load("en")
    for key in ("begin", "blank.cover", "blank.skip", "blank.later", "blank.maybe", "blank.next"):
        text = words(f"plain.{key}") if "." in key else words("plain.home.begin", title="One")
        assert text in said


def script() -> list[str]:
    return ["1", "", "0.9", "run", "forget_bias 2", "", "hint", "2", "3", "", "1 3", "", "",
            "0.762", "1", "u", "answer", "answer", "", "q"]  # fmt: skip


# On the first page, the cover, a stage, and before and after each kind of answer.
LAST_LINES = (0, 1, 3, 4, 8, 9, 11, 14, 15, 17, len(script()) - 1)


@pytest.mark.parametrize("count", sampled(range(len(script())), LAST_LINES.__contains__))
def test_the_input_may_end_at_any_line_and_nothing_is_lost(talk: Talk, count: int) -> None:
    """All actions are in the log, and the next session continues on the same page."""
    typed = script()[:count]
    talk(*typed)
    kept = talk.events()
    pages = [data["page"] for kind, data in kept if kind == "page"]
    given = {"2": 1, "1 3": 2, "0.762": 3}
    expected = max([given[line] for line in typed if line in given], default=0)
    answered = [d for k, d in kept if k == "answer" and d["given"] is not None]
    assert len(answered) == expected
    if typed and typed[-1] in given:
        assert answered[-1]["confidence"] is None
    talk("")
    resumed = [data["page"] for _, data in talk.events("page")][len(pages) :]
    assert resumed == [pages[-1] if pages else "cover"]


COMMANDS = [
    *("", "", "", ".", ",", "..", ",,", "run", "start", "v", "v 2", "v table", "unit", "w", "o"),
    *("reset", "s", "e", "g", "g state", "l", "?", "m", "b", "1", "2", "3", "1 2", "3 1 2"),
    *("0.5", "−1", "a / 1 / b", "hint", "answer", "u", "again", "forget_bias 2", "T 1", "T 60"),
    *("clamp_f 0", "clamp_f free", "x 1", "go one.gates", "go two", "forget_bias +"),
]
LINES = st.lists(st.sampled_from(COMMANDS) | any_text(max_size=12), max_size=30)


@given_some(15, 40, LINES)
def test_no_input_breaks_anything(
    small: Path, tmp_path_factory: pytest.TempPathFactory, typed: list[str]
) -> None:
    """`Talk` checks status 0 and the absence of tracebacks and control characters."""
    talk = Talk(small, tmp_path_factory.mktemp("fuzz")).salted()
    talk(*(line.replace("\n", " ").replace("\r", " ") for line in typed))


def test_control_characters_of_the_input_come_back_as_signs(talk: Talk) -> None:
    said = talk("\x1b[31mred", "\x00", "\u202edcba", "x" * 5000, "1", "", "\ud800")
    assert "␛[31mred" not in said or "\x1b" not in said


def test_every_line_fits(talk: Talk) -> None:
    for lang in LANGUAGES:
        talk.lang = lang
        said = talk("1", "?", *[""] * 20, "?", "go one.gates", "?")
        assert max(cell_len(line) for line in said.splitlines()) <= COLUMNS


def test_a_file_is_read_as_a_lesson(talk: Talk, tmp_path: Path) -> None:
    """Its pages are not logged, and the session ends after the last one."""
    talk.open_file = tmp_path / "notes.md"
    talk.open_file.write_text("# Notes\n\nFirst.\n\n## More\n\nSecond.\n", encoding="utf-8")
    said = talk("", "", "", "never read")
    assert "First." in said and "Second." in said
    assert {kind for kind, _ in talk.events()} == {"setting"}


def piped(talk: Talk, typed: bytes, *more: str) -> subprocess.CompletedProcess[bytes]:
    options = ["--plain", "--course", str(talk.course), "--data-dir", str(talk.data), *more]
    return subprocess.run(
        [sys.executable, "-m", "rnntutor", *options],
        input=typed,
        capture_output=True,
        check=False,
        env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
    )


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
def test_the_command_works_through_a_pipe(talk: Talk, lang: str) -> None:
    """Input that is not UTF-8 is accepted; the output has no colours and no prompt."""
    done = piped(talk, b"1\n\n\xff\xfe\x80\n\n\n\n2\n\n", "--lang", lang)
    said = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert steering(said) == set()
    assert load(lang)("verdict.right") in said
    assert not any(line.startswith("> ") for line in said.splitlines())
    assert len(talk.answers()) == 1


def test_a_reader_that_has_gone_is_no_crash(talk: Talk) -> None:
    options = [
        "--plain",
        "--lang",
        "en",
        "--course",
        str(talk.course),
        "--data-dir",
        str(talk.data),
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "rnntutor", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"1\n\n" * 50)
    process.stdin.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1
    assert not (talk.data / "crash.log").exists()


def test_a_note_and_a_mark_are_kept_and_shown_again(talk: Talk) -> None:
    said = talk("go one.gates", "", "note", "note f keeps", "unclear", "note")
    assert talk.text("plain.note_how") in said and said.count("f keeps") == 1
    later = talk("go one.gates")
    assert "f keeps" in later and joined(talk.text("note.unclear")) in joined(later)
    gone = talk("go one.gates", "note -", "unclear")
    assert talk.text("plain.note_gone") in gone
    assert "f keeps" not in talk("go one.gates")
    where = {"lesson": "one", "page": "gates"}
    assert talk.events("unclear") == [
        ("unclear", {**where, "on": True}),
        ("unclear", {**where, "on": False}),
    ]


def test_a_question_has_a_note_too(talk: Talk) -> None:
    course = open_course(talk.course, load("en"))
    question = course.lesson("one", "en").questions[0]
    talk(f"go one.{question.id}", "note what is asked")
    assert "what is asked" in talk(f"go one.{question.id}")
    assert talk.events("note")[0][1]["page"] == question.id
