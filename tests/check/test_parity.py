"""Differences of fact between two languages of a lesson are reported at their line, and nothing
else."""

from dataclasses import dataclass

import pytest
from course_files import EN1, EN2, FILES
from course_lesson_two import SIM

from rnntutor.check.parity import check_parity
from rnntutor.check.source import Findings, Source
from rnntutor.course.parse import parse_lesson
from rnntutor.words import load

WORDS = load("en")
SLIP = 'wrong = [ { slip = "forget_inverted", say = "1" } ]'
PREDICT = f'predict = {{ ask = "c[2][0]", atol = 0.02, {SLIP} }}'
# The second simulation of lesson two, from its prediction to its end.
OPTIONS = FILES[EN2][FILES[EN2].index("[predict]") :].split("```\n")[0]


def said(original: str, other: str) -> list[tuple[int, str, str]]:
    """Return line, rule and message of each problem of the second text."""
    findings = Findings(WORDS)
    sources = [
        Source(parse_lesson(text, name, lang, "one", WORDS)[0], tuple(text.split("\n")), findings)
        for text, name, lang in ((original, "ko.md", "ko"), (other, "en.md", "en"))
    ]
    check_parity(*sources)
    assert all(p.path == "en.md" for p in findings.problems)
    return [(p.line, p.rule, p.text) for p in findings.problems]


def parity(name: str, there: str, wanted: str) -> str:
    return WORDS("check.parity", name=name, there=there, wanted=wanted, lang="ko", at="")


@dataclass(frozen=True)
class Difference:
    """A change in the second language, and the problem that it must cause.

    Attributes:
        file: changed file.
        old: text that is replaced.
        new: its replacement.
        at: beginning of the problem's line.
        name: name of the fact that differs; "" if no problem is expected, because only words
            differ.
        there: value in the second language.
        wanted: value in the first language.
    """

    file: str
    old: str
    new: str
    at: str = ""
    name: str = ""
    there: str = ""
    wanted: str = ""


DIFFERENCES = [
    Difference(EN1, "What does the cell read?", "What is read?"),
    Difference(EN1, "good but not cheap", "cheap but not good"),
    Difference(EN1, "> It is the order of the equation.", "> The equation's order."),
    Difference(EN1, "You left out the state. It is read as well.", "The state is read as well."),
    Difference(EN1, 'say = "That was the end."', 'say = "The end."'),
    Difference(EN2, 'say = "1" }', 'say = "one" }'),
    Difference(EN2, 'text = "shrinks"', 'text = "becomes less"'),
    Difference(
        EN1, "#rnn.order type=order d=2", "#rnn.order type=order d=3", "### Order", "d=", "3", "2"
    ),
    Difference(EN1, "multi d=1", "multi d=1 rev=2", "### Unrolling", "rev=", "2", "1"),
    Difference(
        EN1,
        "{#rnn.order type=order d=2",
        "{#rnn.order type=order d=2 beyond",
        "### Order",
        "{beyond}",
        "✓",
        "✗",
    ),
    Difference(EN1, "{#unrolled}", "{#unrolled beyond}", "## Unrolled", "{beyond}", "✓", "✗"),
    Difference(EN1, "> [!HINT]\n> Count the arrows.\n\n", "", "### What does", "[!HINT]", "0", "1"),
    Difference(
        EN1, "entries of $U$ {#u}", "entries of $U$ {#w}", "- [x] the entries", "{#id}", "w", "u"
    ),
    Difference(
        EN1,
        "- [x] the length of the state {#h}",
        "- [ ] the length of the state {#h}\n  > no",
        "- [ ] the length",
        "[x]",
        "✗",
        "✓",
    ),
    Difference(EN1, "m=M-06", "m=M-07", "- [ ] nothing but", "{m=}", "M-07", "M-06"),
    Difference(EN1, " fixed}", "}", "- [ ] nothing that", "{fixed}", "✗", "✓"),
    Difference(
        EN1,
        "- [ ] nothing that could be named {#none fixed}\n"
        "  > You left out the input. Both are read.\n",
        "",
        "### What does",
        "- [ ]",
        "2",
        "3",
    ),
    Difference(EN1, "units = 1", "units = 2", "units = 2", "units", "2", "1"),
    Difference(EN1, "W = 0.5\n", "", "```sim", "W", "—", "0.5"),
    Difference(EN1, 'use = "cell"\ncell', 'use = "memory"\ncell', "use =", "use", "memory", "cell"),
    Difference(
        EN1,
        '["T", "scale"]',
        '["scale", "T"]',
        "controls =",
        "controls",
        "(scale, T)",
        "(T, scale)",
    ),
    Difference(
        EN1, '"circuit"]', '"table"]', "views =", "views", "(strip, table)", "(strip, circuit)"
    ),
    Difference(EN1, "cursor = 1", "cursor = 2", "cursor =", "cursor", "2", "1"),
    Difference(
        EN1, "at_least = 3 }", "at_least = 4 }", "do =", "do", "(t at_least 4)", "(t at_least 3)"
    ),
    Difference(
        EN2,
        "[0.2, 1.0]",
        "[0.3, 1.0]",
        "goal =",
        "goal",
        "(retention between (0.3, 1.0))",
        "(retention between (0.2, 1.0))",
    ),
    Difference(
        EN2, 'focus = ["gate:f"]', 'focus = ["gate:i"]', "focus =", "focus", "(gate:i)", "(gate:f)"
    ),
    Difference(
        EN2,
        "atol = 0.02",
        "atol = 0.03",
        "predict =",
        "predict",
        "(c[2][0], 0.03, (forget_inverted))",
        "(c[2][0], 0.02, (forget_inverted))",
    ),
    Difference(
        EN2,
        'slip = "forget_inverted", say',
        'of = "c[1][0]", say',
        "predict =",
        "predict",
        "(c[2][0], 0.02, (c[1][0]))",
        "(c[2][0], 0.02, (forget_inverted))",
    ),
    Difference(
        EN2,
        "at_most = 0.5",
        "at_most = 0.4",
        "[predict]",
        "predict",
        "(retention at_most 0.4, retention at_least 0.6)",
        "(retention at_most 0.5, retention at_least 0.6)",
    ),
    Difference(
        EN2, f"{PREDICT}\n", "", "```sim", "predict", "—", "(c[2][0], 0.02, (forget_inverted))"
    ),
    Difference(EN2, f"{SIM}{OPTIONS}```\n", "", "## Memory", "```sim", "✗", "✓"),
    Difference(
        EN1,
        "```sim\nuse",
        "> [!GIVEN]\n> One unit.\n\n```sim\nuse",
        "> [!GIVEN]",
        "> [!GIVEN]",
        "✓",
        "✗",
    ),
    Difference(
        EN2,
        "Memory stays.\n",
        "Memory stays.\n\n- ✎ Step.\n- ✎ Step again.\n",
        "- ✎",
        "- ✎",
        "2",
        "0",
    ),
    Difference(EN2, "+- 0.002", "+- 0.003", "= 0.122", "=", "(0.122, 0.003)", "(0.122, 0.002)"),
]


@pytest.mark.parametrize("case", DIFFERENCES, ids=lambda c: f"{c.name or 'words'} {c.new[:24]!r}")
def test_what_differs_is_said_once_at_its_line(case: Difference) -> None:
    text = FILES[case.file]
    other = text.replace(case.old, case.new, 1)
    assert other != text, case.old
    found = said(text, other)
    if not case.name:
        assert found == []
        return
    line = next(n for n, row in enumerate(other.split("\n"), 1) if row.startswith(case.at))
    if case.name == "=":
        assert [(n, rule) for n, rule, _ in found] == [(line, "parity")]
    else:
        assert found == [(line, "parity", parity(case.name, case.there, case.wanted))]


def test_the_same_lesson_twice_agrees() -> None:
    for file in (EN1, EN2):
        assert said(FILES[file], FILES[file]) == []


def test_ids_are_the_same_in_the_same_order_and_only_the_first_difference_is_said() -> None:
    text = FILES[EN1]
    other = text.replace("{#unrolled}", "{#rolled}").replace("{#read}", "{#write}")
    line = other[: other.index("{#rolled}")].count("\n") + 1
    found = said(text, other)
    wanted = WORDS("check.parity_id", wanted="unrolled", there="rolled", lang="ko", at="")
    assert found == [(line, "parity_id", wanted)]


def test_steps_that_only_one_language_has() -> None:
    text = FILES[EN2]
    without = text[: text.index("## Memory")] + text[text.index("## More questions") :]
    lacking, more = said(text, without), said(without, text)
    last = len(without.split("\n"))
    missing = WORDS("check.parity_id", wanted="memory", there="—", lang="ko", at="")
    assert (last, "parity_id", missing) in lacking
    line = text[: text.index("## Memory")].count("\n") + 1
    assert more == [
        (line, "parity_extra", WORDS("check.parity_extra", id="memory", lang="ko", at=""))
    ]


@dataclass(frozen=True)
class Claims:
    """Claimed runs of the same step in two languages.

    Attributes:
        ours: runs in the first language.
        theirs: runs in the second language.
        agree: whether they agree.
    """

    ours: str
    theirs: str
    agree: bool


@pytest.mark.parametrize(
    "case",
    [
        Claims("memory T=3: loss > 0.1", "memory T=3: loss > 0.1", True),
        Claims("memory T=3: loss > 0.1", "memory T=3: loss > 0.2", False),
        Claims("memory T=3: loss > 0.1", "memory T=4: loss > 0.1", False),
        Claims("memory updates=20: loss < 3", "memory updates=30: loss < 3", False),
        Claims("cell text=good: h[1][0] < 3", "cell text=bad: h[1][0] < 4", True),
        Claims("cell text=good: h[1][0] < 3", "cell text=bad: h[2][0] < 3", False),
        Claims("memory T=3: loss > 0.1", "", False),
    ],
)
@pytest.mark.parametrize(
    "prose", ["The order of reading.\n", "> It is the order of the equation.\n"]
)
def test_runs_that_are_claimed_agree_but_for_what_a_language_changes(
    case: Claims, prose: str
) -> None:
    def with_run(run: str) -> str:
        claim = f"> [!RUN]\n> `{run}`\n" if run else ""
        return FILES[EN1].replace(prose, f"{prose}\n{claim}\n", 1)

    found = said(with_run(case.ours), with_run(case.theirs))
    assert [text.split("`")[1] for _, _, text in found] == ([] if case.agree else ["[!RUN]"])


def test_questions_of_the_pool_are_compared_too() -> None:
    """Questions that are asked only in reviews must agree between the languages."""
    text = (
        "# T\n\n## S {#s}\n\nx\n\n## More {#pool}\n\n### Q {#a.b type=single d=2}\n\n?\n\n"
        "- [x] a\n- [ ] b\n  > no\n\n> [!WHY]\n> x\n"
    )
    assert said(text, text) == []
    assert said(text, text.replace("d=2", "d=3")) == [(9, "parity", parity("d=", "3", "2"))]
