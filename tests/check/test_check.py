"""`rnntutor check`: a correct course passes; each broken rule is reported with line and message."""

import re
from dataclasses import dataclass

import pytest
from course_files import EN1, EN2, FILES, KO1, KO2, write
from course_lesson_two import SIM, VARIANT

from rnntutor.check import check_course
from rnntutor.words import load

BOTH = {"1": (KO1, EN1), "2": (KO2, EN2)}
WORDS = load("en")


@dataclass(frozen=True)
class Break:
    """One mistake, and the problem that it must cause.

    Attributes:
        rule: key of the problem's message in the words.
        file: changed file, or both files of a lesson.
        old: text that is replaced.
        new: its replacement.
        at: text in the line of the problem.
        found_in: file with the problem; by default the last changed one.
    """

    rule: str
    file: str
    old: str
    new: str
    at: str
    found_in: str = ""

    @property
    def files(self):
        return BOTH.get(self.file, (self.file,))


# Two lines of the variant, 16 of its 96 numbers.
DRAWS = "\n".join(VARIANT.splitlines()[4:6])

# The lines of a sim block with a knob T and a task to reach step 3.
FREE = """\
controls = ["T", "scale"]
views = ["strip", "circuit"]
do = [ { of = "t", at_least = 3 } ]"""

# Structure: mistakes found while a lesson is parsed.
STRUCTURE = [
    Break("course.no_title", EN1, "# One\n", "One\n", "One"),
    Break("course.second_title", EN1, "## Unrolled {#unrolled}", "# Unrolled", "# Unrolled"),
    Break("course.step_id", EN1, "## Reading {#read}", "## Reading", "## Reading"),
    Break("course.step_dot", EN1, "{#read}", "{#one.read}", "{#one.read}"),
    Break("course.id_twice", "1", "{#read}", "{#loop}", "{#loop}\n\n읽는", KO1),
    Break("course.deep_heading", EN1, "The order of r", "#### Deep\n\nThe order of r", "#### Deep"),
    Break("course.question_head", EN1, " {#rnn.order type=order d=2}", "", "### Order"),
    Break("course.question_dot", EN1, "#rnn.order ", "#order ", "#order "),
    Break("course.question_type", EN1, "type=order", "type=sort", "type=sort"),
    Break("course.attribute", EN1, "type=order d=2", "type=order level=2", "level=2"),
    Break("course.attribute_number", EN1, "type=order d=2", "type=order d=4", "d=4"),
    Break(
        "course.sim_twice",
        EN1,
        "### What",
        '```sim\nuse="cell"\n```\n\n### What',
        '```sim\nuse="cell"',
    ),
    Break("course.fence_here", EN1, "1. read", "```sim\n```\n\n1. read", "```sim\n```"),
    Break("course.leftover", EN1, "The order of", "The **order of", "The **order of"),
    Break("course.leftover", EN1, "The order of", "The {{ order of", "The {{ order of"),
    Break("course.table_cells", EN1, "| $T$ | length |", "| $T$ | length | 1 |", "length | 1"),
    Break("course.table_cells", EN1, "\\lvert h\\rvert", "|h|", "$|h|$"),
    Break("course.gap_here", EN1, "The order of", "The [[type: order]] of", "[[type: order]]"),
    Break("course.gap_kind", EN1, "[[type: hidden", "[[typed: hidden", "[[typed: "),
    Break("course.gap_pick", EN1, "*is fixed*", "is fixed", "[[pick: is"),
    Break("course.alerts_merged", EN1, "arrows.\n\n>", "arrows.\n>", "> [!HINT]"),
    Break("course.alert_kind", EN1, "[!HINT]", "[!TIP]", "[!TIP]"),
    Break(
        "course.alert_here", EN1, "The order of", "> [!HINT]\n> x\n\nThe order of", "> [!HINT]\n> x"
    ),
    Break("course.after_alert", EN1, "## Unrolled", "And more.\n\n## Unrolled", "And more."),
    Break("course.single_right", EN1, "- [ ] nothing but", "- [x] nothing but", "### What"),
    Break("course.multi_right", EN1, "- [ ] the number", "- [x] the number", "### Unrolling"),
    Break("course.task", EN1, "- [ ] nothing but", "- nothing but", "- nothing but"),
    Break("course.option_id", EN1, "{#h}", "{#u}", "state {#u}"),
    Break("course.numeric_key", EN2, "= 0.122 +- 0.002\n~ 18 : You added.", "", "### What", ""),
    Break("course.numeric_form", EN2, "= 0.122 +- 0.002", "= about 0.1", "= about 0.1"),
    Break("course.numeric_slip", EN2, "~ 18 : You added.", "~ 18 You added.", "~ 18"),
    Break("course.numeric_slip_right", EN2, "~ 18 :", "~ 0.121 :", "~ 0.121"),
    Break(
        "course.order_distractors",
        EN1,
        "> [!WHY]\n> It is",
        "- [ ] a\n  > a\n- [ ] b\n  > b\n\n> [!WHY]\n> It is",
        "- [ ] b",
    ),
    Break(
        "course.no_order",
        EN1,
        "1. read the input\n2. multiply and add\n3. take tanh",
        "",
        "### Order",
    ),
    Break(
        "course.match_columns",
        EN2,
        "| gate | what it does |\n|---|---|\n| f | keeps |\n| i | writes |\n| | erases |",
        "| gate |\n|---|\n| f |\n| i |",
        "| gate |",
    ),
    Break("course.match_right", EN2, "| i | writes |", "| i | |", "| i | |"),
    Break("course.variant_one", EN2, VARIANT, "", "### Two"),
    Break("course.variant_needs", EN2, "atol = 0.005\n", "", "```variant"),
    Break("course.draw", EN2, "draw.c0 = { choice", "draw.c0 = { normal", "draw.c0"),
    Break("course.toml", EN1, "units = 1\n", "units is 1\n", "units is 1"),
    Break("course.sim_use", EN1, 'use = "cell"\n', "", "```sim"),
    Break("course.condition", EN1, "at_least = 3", "above = 3", "do = "),
    Break("course.toml_value", EN1, "at_least = 3", "at_least = 3, after = 1", "after = 1"),
    Break(
        "course.wrong_source", EN2, 'of = "c[1]"\nsay', 'of = "c[1]"\nslip = "x"\nsay', 'slip = "x"'
    ),
    Break("course.link_kind", EN1, "{term:hidden", "{word:hidden", "{word:"),
    Break("course.html", EN1, "The order of", "<b>The</b> order of", "<b>"),
    Break(
        "course.term_twice",
        "glossary.toml",
        'id = "cell-state"',
        'id = "hidden-state"',
        '[[term]]\nid = "hidden-state"\nko = "셀',
    ),
]

# Meaning: references, computed values and comparisons.
MEANING = [
    Break("check.topic", "1", "rnn.order", "lstm.order", "lstm.order", KO1),
    Break("check.topic", "course.toml", 'topics = ["rnn"]', 'topics = ["gru"]', "[[lesson]]"),
    Break("check.id", "2", "gates.left", "rnn.reads", "rnn.reads", KO2),
    Break("check.file", "en/03-three.md", "", "# Three", "# Three"),
    Break("check.entry_language", "course.toml", 'question.en = "What?"\n', "", "[[lesson]]"),
    Break("check.term_language", "glossary.toml", 'en = "hidden state"\n', "", "[[term]]"),
    Break("check.step", "glossary.toml", "one.loop", "one.hoop", "[[term]]"),
    Break("check.term", EN1, "term:hidden-state", "term:hidden", "term:hidden"),
    Break("check.term", EN1, "1. It is the", "1. It is [the](term:elsewhere)", "term:elsewhere"),
    Break("check.term", EN2, "1. f is the", "1. f is [the](term:elsewhere)", "term:elsewhere"),
    Break("check.step", EN1, "{step:two.gates}", "{step:two.dates}", "two.dates"),
    Break("check.sim", EN1, "{sim:cell cell", "{sim:sell cell", "sim:sell"),
    Break("check.setting", EN1, "cell=lstm units=2}", "cell=lstm unit=2}", "unit=2}"),
    Break("check.view", EN1, "cell=lstm units=2}", "cell=lstm units=2 view=probs}", "view=probs"),
    Break("check.formula", EN1, "$$h_1=\\tanh(Wx_1)$$", "$$h_1=\\frac{1$$", "\\frac{1"),
    Break("check.formula", EN1, "$T$", "$\\unknown T$", "\\unknown"),
    Break("check.formula", EN2, "c_2$?", "c_2=\\wrong{{ c0 }}$?", "\\wrong"),
    Break("check.slot_here", EN1, "The order of", "The {{ h[1] }} of", "{{ h[1] }}"),
    Break("check.slot_here", EN1, "$h_1=\\tanh", "$h_1={{ h[1] }}\\tanh", "{{ h[1] }}"),
    Break("check.path", EN2, "{{ c[2] }}.", "{{ c[3] }}.", "{{ c[3] }}"),
    Break("check.path", EN2, "$g={{ g }}$", "$g={{ k }}$", "{{ k }}"),
    Break("check.particle", KO2, "값: {{ c[2] }}.", "{{ c[2] }}는 값이다.", "}}는"),
    Break("check.particle", KO2, "$c_1={{ c[1] }}$이다", "$c_1={{ c[1] }}$이 된다", "}}$이 된"),
    Break("check.long", EN1, "The order of reading.", "Words and words. " * 300, "## Reading"),
    Break("check.why", EN1, "> [!WHY]\n> It is the order of the equation.\n", "", "### Order"),
    Break("check.why_step", EN1, "length $H$. {step:one.loop}", "length $H$.", "#rnn.gap"),
    Break(
        "check.feedback", EN1, "  > You left out the state. It is read as well.\n", "", "{#input"
    ),
    Break(
        "check.feedback",
        EN1,
        "  > The weights stay. Reading does not change them.\n",
        "",
        "{#update}",
    ),
    Break("check.reasons", EN2, "> 2. i is the share written.\n", "", "{#gates.match"),
    Break("check.reasons", EN1, "> 1. It is the hidden state.\n", "", "{#rnn.gap"),
    Break("check.equal", EN1, "nothing that could be named", "Nothing but  the input.", "{#none"),
    Break("check.equal", EN1, "2. multiply and add", "2. Read the input", "2. Read"),
    Break("check.equal", EN2, "| | erases |", "| | keeps |", "keeps |"),
    Break("check.equal", EN1, "*is fixed* / grows", "*is fixed* / Is fixed", "*is fixed* /"),
    Break("check.longest", "2", "wrong and long", "no", "{#gates.choice-0", KO2),
    Break(
        "check.no_question",
        "1",
        " {#pool}",
        " {#end}\n\nx\n\n## Very {#very}\n\nx\n\n## More {#pool}",
        "{#very}",
        KO1,
    ),
    Break("check.sim", EN1, 'use = "cell"', 'use = "sell"', '"sell"'),
    Break("check.setting", EN1, "units = 1", "unite = 1", "unite = 1"),
    Break("check.setting", EN1, "units = 1", "units = 0", "units = 0"),
    Break("check.control", EN1, '"scale"]', '"scales"]', '"scales"'),
    Break("check.view", EN1, '"circuit"]', '"circus"]', '"circus"'),
    Break("check.focus", EN2, 'focus = ["gate:f"]', 'focus = ["gate:q"]', "gate:q"),
    Break("check.cursor", EN2, "cursor = 1", "cursor = 5", "cursor = 5"),
    Break("check.of", EN2, 'ask = "c[2][0]"', 'ask = "c[9][0]"', "c[9][0]"),
    Break("check.of", EN2, '"retention", between', '"attention", between', '"attention"'),
    Break("check.not_finite", EN2, 'ask = "c[2][0]"', 'ask = "c[2]"', '"c[2]"'),
    Break("check.not_finite", EN2, '"retention", between', '"miss", between', '"miss"'),
    Break("check.never", EN1, FREE, FREE.replace('"T", ', "").replace("3", "30"), "at_least = 30"),
    Break(
        "check.goal",
        EN2,
        '{ of = "retention", between = [0.2, 1.0] }',
        '{ of = "t", at_least = 3 }',
        "goal =",
    ),
    Break("check.options", EN2, "at_least = 0.6", "at_least = 0.1", "[predict]"),
    Break(
        "check.option_say", EN2, '\nsay = "You let it pile up. Nothing is added."', "", '"grows"'
    ),
    Break("check.because_count", EN2, "right = true\n", 'say = "no"\n', "f multiplies"),
    Break("check.because_say", EN2, 'say = "i only writes."\n', "", "i erases"),
    Break("course.because", EN2, 'text = "f multiplies it"', 'text = ""', "[[predict.because"),
    Break("check.parity", EN2, 'm = "M-23"', 'm = "M-22"', "[[predict.because"),
    Break("check.slip", EN2, 'slip = "forget_inverted", say', 'slip = "forget", say', '"forget"'),
    Break("check.slip_path", EN2, 'ask = "c[2][0]"', 'ask = "c[0][0]"', "forget_inverted"),
    Break("check.slip_right", EN2, "atol = 0.02", "atol = 0.5", "forget_inverted"),
    Break("check.variant", "2", "scalar_memory", "scalar_memoir", "scalar_memoir", KO2),
    Break("check.variant", "2", 'ask = "c[2]"', 'ask = "c[4]"', 'ask = "c[4]"', KO2),
    Break("check.variant", "2", 'slip = "forget_inverted"\n', 'slip = "forget"\n', '"forget"', KO2),
    Break("check.variant", "2", "draw.c0 ", "draw.d0 ", "draw.d0", KO2),
    Break("check.usable", "2", DRAWS, "draw.c0 = 0.8\ndraw.f = [0.2, 0.9]", "```variant", KO2),
    Break("check.usable", "2", 'of = "c[1]"', 'of = "c[2]"', "```variant", KO2),
    Break("unreadable", "course.toml", "title.ko", "title ko", "title ko"),
    Break("unreadable", "course.toml", "01-one.md", "../01-one.md", "[[lesson]]"),
]

# Differences between the languages, reported for English.
PARITY = [
    Break("check.parity_id", EN1, "{#unrolled}", "{#rolled}", "{#rolled}"),
    Break("check.parity_id", EN1, "#rnn.multi ", "#rnn.many ", "#rnn.many "),
    Break(
        "check.parity_extra", KO1, "## 읽기 {#read}\n\n읽는 차례이다.\n\n", "", "## Reading", EN1
    ),
    Break("check.parity", EN1, "d=2", "d=3", "### Order"),
    Break("check.parity", EN1, "type=multi d=1", "type=multi d=1 rev=2", "rev=2"),
    Break(
        "check.parity", EN1, "## Unrolled {#unrolled}", "## Unrolled {#unrolled beyond}", "beyond}"
    ),
    Break("check.parity", EN1, "{#u}", "{#w}", "{#w}"),
    Break("check.parity", EN1, "m=M-06", "m=M-07", "m=M-07"),
    Break("check.parity", EN1, "{#none fixed}", "{#none}", "{#none}"),
    Break(
        "check.parity",
        EN1,
        "- [x] the length of the state {#h}",
        "- [ ] the length of the state {#h}\n  > no",
        "{#h}",
    ),
    Break("check.parity", EN1, "units = 1", "units = 2", "units = 2"),
    Break("check.parity", EN1, 'controls = ["T", "scale"]', 'controls = ["T"]', "controls ="),
    Break("check.parity", EN1, "3. take tanh", "3. take tanh\n4. stop", "- [ ] change"),
    Break("check.parity", EN1, "> [!HINT]\n> Count the arrows.\n\n", "", "### What"),
    Break("check.parity", EN1, "*is fixed* / grows", "is fixed / *grows*", "### Gaps"),
    Break("check.parity", EN2, "+- 0.002", "+- 0.003", "= 0.122"),
    Break("check.parity", EN2, "~ 18 :", "~ 19 :", "~ 19"),
    Break("check.parity", EN2, "| | erases |\n", "", "| gate"),
    Break("check.parity", EN2, "atol = 0.02", "atol = 0.03", "predict ="),
    Break("check.parity", EN2, "[0.2, 1.0]", "[0.3, 1.0]", "goal ="),
    Break("check.parity", EN2, "[-0.8, -0.5, 0.5, 0.8]", "[-0.8, -0.6, 0.6, 0.8]", "draw.c0"),
    Break("check.parity", EN2, "atol = 0.005", "atol = 0.004", "atol = 0.004"),
    Break("check.parity", EN2, '[[wrong]]\nof = "c[1]"\nsay = "c_1"\n', "", "[[wrong]]"),
    Break("check.parity", EN2, SIM + "[predict]", "\n[predict]", "## Memory"),
]


def line_of(text, needle):
    return text[: text.index(needle)].count("\n") + 1


def broken(cases):
    """Return the course's files with the mistakes, and the cases that could be made in them.

    A case is left out where a mistake before it has replaced its text.
    """
    files, made = dict(FILES), []
    for case in cases:
        if all(case.old in files.get(name, "") for name in case.files):
            for name in case.files:
                files[name] = files.get(name, "").replace(case.old, case.new, 1)
            made.append(case)
    return files, made


def expected(case, files):
    """Return the file and line of the problem that the case must cause."""
    file = case.found_in or case.files[-1]
    return file, line_of(files[file], case.at) if case.at in files[file] else 1


def is_found(case, files, problems, directory):
    """Return whether the problem of the case is said at its line."""
    file, line = expected(case, files)
    here = [p for p in problems if p.path == str(directory / file) and p.line == line]
    if case.rule == "unreadable":
        return any(p.rule == "unreadable" for p in here)
    return any(re.fullmatch(pattern(case.rule), p.text, re.DOTALL) for p in here)


def pattern(key):
    """Return a regular expression for a message with any text in its placeholders."""
    template = WORDS.table()[key].replace("{{", "\0").replace("}}", "\1")
    parts = re.split(r"\{[^{}]*\}", template)
    return ".*".join(re.escape(p.replace("\0", "{").replace("\1", "}")) for p in parts)


def name(case):
    return f"{case.rule} {case.file} {case.new[:30]!r}"


@pytest.mark.long
@pytest.mark.parametrize("case", STRUCTURE + MEANING + PARITY, ids=name)
def test_a_broken_rule_is_found_at_its_line(case, tmp_path):
    files, made = broken([case])
    assert made, f"{case.old!r} is not there"
    problems = check_course(write(tmp_path, files), WORDS)
    found = is_found(case, files, problems, tmp_path)
    assert found, "\n".join(map(str, problems)) or "no problem found"


@pytest.mark.parametrize("cases", [STRUCTURE, MEANING, PARITY], ids=["form", "meaning", "parity"])
def test_every_broken_rule_is_found_at_its_line_among_others(cases, tmp_path):
    """A course gets as many mistakes as it can have; those not found there get another one.

    Of mistakes with the same rule and line only one counts as found. If all hide each other, the
    next course has half as many, at last a single one.
    """
    left = list(cases)
    many = len(left)
    while left:
        files, made = broken(left[:many])
        problems = check_course(write(tmp_path, files), WORDS)
        first = {(case.rule, expected(case, files)): case for case in reversed(made)}.values()
        found = [case for case in first if is_found(case, files, problems, tmp_path)]
        assert found or many > 1, "\n".join([f"{name(left[0])}:", *map(str, problems)])
        left = [case for case in left if case not in found]
        many = len(left) if found else many // 2


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_problem_is_said_in_the_language_asked_for(lang, tmp_path):
    """No message of a course with many kinds of mistakes lacks a word or a placeholder."""
    files = dict(FILES)
    for case in MEANING + PARITY:
        if case.rule == "unreadable":
            continue
        for file in case.files:
            files[file] = files.get(file, "").replace(case.old, case.new, 1)
    problems = check_course(write(tmp_path, files), load(lang))
    assert len(problems) > 10
    hangul = sum(bool(re.search("[가-힣]", re.sub("`.*?`|'.*?'", "", p.text))) for p in problems)
    assert hangul == (len(problems) if lang == "ko" else 0)


def test_a_course_without_a_mistake_passes(tmp_path):
    assert check_course(write(tmp_path, FILES), WORDS) == ()


def test_a_course_in_one_language_passes(tmp_path):
    """A course need not have both languages."""
    one = {name: text for name, text in FILES.items() if not name.startswith("ko/")}
    for name in ("course.toml", "glossary.toml"):
        one[name] = re.sub(r"^[\w.]*\bko = .*\n", "", one[name], flags=re.MULTILINE)
    assert check_course(write(tmp_path, one), WORDS) == ()


def test_a_lesson_missing_in_one_language_is_an_error(tmp_path):
    files = {name: text for name, text in FILES.items() if name != EN1}
    problems = check_course(write(tmp_path, files), WORDS)
    assert any(p.path == str(tmp_path / EN1) and p.rule == "unreadable" for p in problems)


def test_a_directory_without_a_course_is_an_error(tmp_path):
    assert [p.rule for p in check_course(tmp_path, WORDS)] == ["unreadable"]
    assert [p.rule for p in check_course(tmp_path / "nowhere", WORDS)] == ["unreadable"]


def test_a_text_may_differ_between_languages(tmp_path):
    """Example sentences may differ, but other settings must agree."""
    assert 'text = "안 비싸고 맛있다"' in FILES[KO1]
    assert 'text = "good but not cheap"' in FILES[EN1]
