"""Claims about training in `> [!RUN]` and `runs = […]`: parsing, checking, running, display."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from rnntutor.check import check_course
from rnntutor.check.runs import ClaimResult, combinations, execute, in_blocks, judge, runs_of
from rnntutor.cli import claims
from rnntutor.course.blocks import Paragraph, RunsBlock
from rnntutor.course.claims import Claim, ClaimedRun
from rnntutor.course.parse import parse_lesson
from rnntutor.course.report import Report
from rnntutor.course.runs import first, read_run
from rnntutor.render.prose import Context, lay_out
from rnntutor.session.links import sim_links
from rnntutor.sims import race
from rnntutor.sims.common import fit
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load

LESSON = """# Title

## Step {#one}

A sentence about a training.

> [!RUN]
> `race units=4 T=5 seed=[1,2] updates=20: loss_rnn < 10, some loss_gru > 0.001`
> `forecast series=sine context=2 updates=50: median lowest ratio in [0, 2]`

```sim
use = "forecast"
series = "walk"
runs = [
  'updates=25: ratio > 0.5',
  ': ratio > 0',
]
say = "See."
```

### Question {#one.q type=single d=1}

Which?

- [x] this
- [ ] that
  > No.

> [!WHY]
> So it is. {sim:race}

> [!RUN]
> `race units=4 T=5 updates=20: solved_gru > 20`

## Next {#two}

Words.
"""


@pytest.fixture(autouse=True)
def few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report of a race come after every 20 updates."""
    monkeypatch.setattr(fit, "per_report", lambda cells, steps, units: 20)


def line(text: str) -> ClaimedRun:
    report = Report("x", load("en"))
    run = read_run(text, 1, report)
    assert run is not None, report.problems
    return run


# ---- reading -----------------------------------------------------------------------------------


def test_a_line_names_a_simulation_its_settings_and_what_is_so() -> None:
    run = line("race task=adding seed=[1,2] updates=500: solved_gru in [350, 4.5e2], loss = 0.10")
    assert (run.use, run.updates) == ("race", 500)
    assert run.settings == (("task", "adding"), ("seed", (1, 2)))
    assert [(c.of, c.test, c.value) for c in run.claims] == [
        ("solved_gru", "in", (350.0, 450.0)),
        ("loss", "=", 0.1),
    ]
    assert run.claims[1].decimals == 2
    assert line("memory updates=end: some lowest accuracy < chance").updates is None


@pytest.mark.parametrize(
    ("text", "at_fault"),
    [
        ("race seed=1", "seed=1"),
        ("race seed=1 updates=5: ", "race"),
        ("race seed=1 updates=5: __import__('os')", "__import__"),
        ("race seed=1 updates=5: loss_rnn < 1 + 1", "+ 1"),
        ("race seed=1 updates=5: loss_rnn between [1, 2]", "between"),
        ("race seed= updates=5: loss_rnn < 1", "seed="),
        ("race updates=-3: loss_rnn < 1", "-3"),
        ("race updates=soon: loss_rnn < 1", "soon"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line(text: str, at_fault: str) -> None:
    report = Report("x", load("en"))
    assert read_run(text, 7, report) is None
    assert [p.line for p in report.problems] == [7]
    assert at_fault in report.sorted_problems()[0].text


def test_a_lesson_keeps_its_runs_where_they_stand() -> None:
    lesson, problems = parse_lesson(LESSON, "x.md", "en", "one", load("en"))
    assert problems == ()
    step = lesson.steps[0]
    assert [run.use for run in in_blocks(step.blocks)] == ["race", "forecast"]
    assert step.sim is not None
    of_sim = step.sim.runs
    assert [(run.use, run.settings, run.updates) for run in of_sim] == [
        ("forecast", (("series", "walk"),), 25),
        ("forecast", (("series", "walk"),), 0),
    ]
    assert [run.updates for run in in_blocks(step.questions[0].why)] == [20]
    lines = LESSON.split("\n")
    for run in runs_of(lesson):
        assert run.claims[0].text in lines[run.line - 1]
    assert len({run.line for run in runs_of(lesson)}) == 5


# ---- checking without running ------------------------------------------------------------------


def course(tmp_path: Path, en: str, ko: str | None = None) -> Path:
    """Write a course of one lesson."""
    toml = (
        '[course]\ntitle.en = "T"\n' + ('title.ko = "T"\n' if ko else "") + "[[topic]]\n"
        'id = "one"\nen = "T"\nko = "T"\n[[lesson]]\nid = "one"\nfile = "one.md"\n'
        'title.en = "T"\ntitle.ko = "T"\nquestion.en = "Q"\nquestion.ko = "Q"\ntopics = ["one"]\n'
    )
    (tmp_path / "course.toml").write_text(toml)
    (tmp_path / "glossary.toml").write_text("")
    for lang, text in (("en", en), ("ko", ko)):
        if text is not None:
            (tmp_path / lang).mkdir(exist_ok=True)
            (tmp_path / lang / "one.md").write_text(text)
    return tmp_path


def said(tmp_path: Path, en: str, ko: str | None = None) -> list[str]:
    problems = check_course(course(tmp_path, en, ko), load("en"))
    return [p.text for p in problems if p.rule.startswith(("run", "setting", "sim", "parity"))]


def test_a_right_course_has_no_problem(tmp_path: Path) -> None:
    assert said(tmp_path, LESSON) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("`race units=4 T=5 seed", "`rase units=4 T=5 seed", "no simulation `rase`"),
        ("units=4 T=5 seed=[1,2]", "units=400 T=5 seed=[1,2]", "units"),
        ("units=4 T=5 seed=[1,2]", "size=4 T=5 seed=[1,2]", "size"),
        ("solved_gru > 20", "solved_grux > 20", "solved_gru, solved_lstm"),
        ("solved_gru > 20", "h[3][99] > 20", "h[3][99]"),
        ("seed=[1,2] updates=20", "seed=[1,2] updates=900000", "more than"),
        (
            "race units=4 T=5 updates=20: solved_gru > 20",
            "cell updates=20: peak > 0",
            "Nothing is trained",
        ),
    ],
)
def test_a_wrong_name_is_found_without_running(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert LESSON.count(old) == 1
    found = said(tmp_path, LESSON.replace(old, new))
    assert len(found) == 1
    assert words in found[0]


def test_both_languages_name_the_same_runs(tmp_path: Path) -> None:
    assert said(tmp_path, LESSON, LESSON) == []
    for old, new in (("solved_gru > 20", "solved_gru > 30"), ("updates=25", "updates=50")):
        found = said(tmp_path, LESSON, LESSON.replace(old, new))
        assert len(found) == 1
        assert "is not as in the" in found[0]


# ---- running -----------------------------------------------------------------------------------


def test_every_value_of_a_list_is_a_run_and_a_list_of_numbers_is_one() -> None:
    run = line("race seed=[1,2] units=[4,8] updates=5: loss_rnn < 9")
    assert [(g["seed"], g["units"]) for g in combinations(run)] == [(1, 4), (1, 8), (2, 4), (2, 8)]
    assert len(list(combinations(line("cell x=[1,0,1]: peak < 9")))) == 1


def test_what_is_read_off_is_what_the_training_reports() -> None:
    """The values agree with those of training update by update."""
    found = execute(
        line("race units=4 T=5 lr=0.03 seed=[3,4] updates=260: solved_gru > 0, loss_gru < 1")
    )
    for seed, solved, loss in zip((3, 4), found[0].values, found[1].values, strict=True):
        settings = race.make({"units": 4, "T": 5, "lr": 0.03, "seed": seed})
        one = race.fit(settings, "gru")
        while not one.below(0.01):
            one.update()
        assert solved == one.updates
        assert loss == one.lately


def test_what_has_not_come_within_the_updates_is_never() -> None:
    (found,) = execute(line("race units=4 T=50 updates=20: solved_rnn > 100000"))
    assert found.values == (math.inf,)
    assert found.holds


def test_the_lowest_and_highest_of_a_training_are_over_all_its_reports() -> None:
    text = "forecast series=sine updates=200: lowest ratio < 9, highest ratio < 9, ratio < 9"
    low, high, last = (found.values[0] for found in execute(line(text)))
    assert low <= last < high


TOLD = [{"a": [3.0, 1.0], "b": [2.0, 2.0]}, {"a": [5.0, 4.0], "b": [2.0, 2.0]}]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a < 5", True),
        ("a < 4", False),
        ("a <= 4", True),
        ("some a < 4", True),
        ("a > 1", False),
        ("a >= 1", True),
        ("a < b", False),
        ("some a < b", True),
        ("some a > b", True),
        ("median a = 2.5", True),
        ("median a = 1.5", False),
        ("a in [1, 4]", True),
        ("a in [1.5, 4]", False),
        ("highest a > 2.9", True),
        ("lowest a > 2", False),
        ("a = b", False),
        ("b = 2.04", False),
        ("b = 2.0", True),
    ],
)
def test_a_claim_holds_of_every_run_unless_it_says_otherwise(text: str, holds: bool) -> None:
    (claim,) = line(f"race: {text}").claims
    assert judge(claim, TOLD).holds is holds


def test_equal_is_to_the_decimals_that_were_written() -> None:
    (two,) = line("race: a = 0.13").claims
    (three,) = line("race: a = 0.130").claims
    assert judge(two, [{"a": [0.1349]}]).holds
    assert not judge(three, [{"a": [0.1349]}]).holds


def test_no_number_is_no_result() -> None:
    for text in ("a < 1", "a > 1", "a in [0, 1]", "a = 1"):
        (claim,) = line(f"race: {text}").claims
        assert not judge(claim, [{"a": [math.nan]}]).holds


# ---- showing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_is_one_quiet_row_in_words_that_leads_to_it(lang: str) -> None:
    words = load(lang)
    text = "race task=adding units=16 seed=[1,2,3] updates=2000: solved_gru < 450"
    run = line(text)
    rows = lay_out((Paragraph(()), RunsBlock((run,))), 76, Context(words))
    (row,) = [row for row in rows if row]
    shown = plain(row)
    for hidden in ("race", "units", "task", "solved", "updates=", "[", "`"):
        assert hidden not in shown or hidden in words("sim.race")
    assert "H=16" in shown
    assert "1, 2, 3" in shown
    assert "2,000" in shown
    (link,) = {span.link for span in row if span.link}
    assert link == "sim:race task=adding units=16 seed=1"


def test_the_runs_are_among_the_experiments_of_their_text() -> None:
    lesson, _ = parse_lesson(LESSON, "x.md", "en", "one", load("en"))
    links = sim_links(lesson.questions[0].why)
    assert [link.target for link in links] == ["race", "race"]
    assert links[1] == first(in_blocks(lesson.questions[0].why)[0])


def test_a_number_that_never_came_has_a_word() -> None:
    claim = Claim("solved_rnn", ">", 5.0, text="solved_rnn > 5")
    told = claims.row(ClaimResult(claim, (math.inf, 3.25), (), holds=False), load("en"))
    assert told.plain == "  ✗ solved_rnn > 5                     never, 3.25"


def test_before_any_training_a_measure_is_that_of_the_untrained_net() -> None:
    """This also holds for a measure that training reports."""
    (before,) = execute(line("forecast series=walk: ratio > 0"))
    (after,) = execute(line("forecast series=walk updates=300: ratio > 0"))
    assert 0.5 < after.values[0] < before.values[0] < math.inf
