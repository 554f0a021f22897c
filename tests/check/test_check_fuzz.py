"""No text makes the check fail: it is either valid or reported as a problem."""

import pytest
from course_files import EN1, EN2, FILES, write
from course_lesson_two import VARIANT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnntutor.check import check_course
from rnntutor.words import load

WORDS = load("en")
PIECES = st.sampled_from(
    [
        *("{", "}", "{{", "}}", "[[", "]]", "[", "]", "$", "$$", "**", "`", "```", "|", "\\", "#"),
        *("## ", "### ", "- [x] ", "- [ ] ", "> [!WHY]", "> ", "= ", "~ ", "[[wrong]]", "draw."),
        *("\n", "\n\n", "\x1b", "nan", "inf", "1e400", "-1", "9" * 400, '"', "'", " = "),
        *("{sim:", "{term:", "type="),
    ]
)


@st.composite
def mangled(draw):
    """Return the small course with a few pieces of one file removed, doubled or replaced."""
    files = dict(FILES)
    name = draw(st.sampled_from(sorted(files)))
    text = files[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = text[:start] + draw(PIECES | st.just(text[start:end] * 2)) + text[end:]
    return {**files, name: text}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=mangled())
def test_no_mangled_course_makes_it_fail(files, tmp_path):
    problems = check_course(write(tmp_path, files), WORDS)
    assert all(p.line >= 1 and p.text and "\n" not in p.path for p in problems)


@pytest.mark.long
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=mangled())
def test_no_course_mangled_in_any_way_makes_it_fail(files, tmp_path):
    problems = check_course(write(tmp_path, files), WORDS)
    assert all(p.line >= 1 and p.text and "\n" not in p.path for p in problems)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(
        ["cell", "units", "x", "text", "W", "cursor", "controls", "views", "focus"]
    ),
    value=st.sampled_from(
        [
            *("nan", "inf", "-1", "[]", "[[]]", "''", "1e300", "9" * 30, "true", "[1, 'a']", "{}"),
            *("1979-05-27", "[1, [2]]", '"\\u0007"', '"rnn"'),
        ]
    ),
)
def test_no_setting_makes_it_fail(name, value, tmp_path):
    """Any TOML value is allowed for any setting of a sim block."""
    block = f"```sim\nuse = 'cell'\n{name} = {value}\n```\n\n"
    files = {**FILES, EN1: FILES[EN1].replace("## Reading", f"{block}## Reading", 1)}
    check_course(write(tmp_path, files), WORDS)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    draws=st.sampled_from(
        [
            *("nan", "inf", "'a'", "true", "[]", "[[1]]", "1e308", "{ choice = [1, 'a'] }"),
            *("{ choice = [nan] }", "{ uniform = [0, inf] }", "{ uniform = [nan, 1] }", "9" * 400),
            *("{ uniform = [0.0, 1.0], round = 400 }", "{ choice = [[1, 2], 3] }", "1979-05-27"),
        ]
    ),
    ask=st.sampled_from(["c[2]", "c", "c[", "", "c[99999999999999999999]", "f[1]", "c0"]),
)
def test_no_variant_makes_it_fail(draws, ask, tmp_path):
    block = VARIANT.replace("{ choice = [-0.8, -0.5, 0.5, 0.8] }", draws)
    block = block.replace('ask = "c[2]"', f'ask = "{ask}"')
    files = {**FILES, EN2: FILES[EN2].replace(VARIANT, block)}
    check_course(write(tmp_path, files), WORDS)
