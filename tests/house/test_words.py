"""All languages have the same words, and code contains no language names or texts for learners."""

from __future__ import annotations

import ast
import re
import string
import tomllib
import unicodedata
from pathlib import Path

import pytest

import rnntutor
from rnntutor import sims
from rnntutor.languages import language_of
from rnntutor.nn.cells.registry import CELLS
from rnntutor.render.views import registry
from rnntutor.render.views.view_context import ViewContext
from rnntutor.session import naming
from rnntutor.session import stage as stages
from rnntutor.session.opening import spec
from rnntutor.sims.base import SettingError, knobs
from rnntutor.words import FALLBACK, LANGUAGES, load
from rnntutor.words.particles import settled

PACKAGE = Path(rnntutor.__file__).parent
WORDS = PACKAGE / "words"
OTHERS = [lang for lang in LANGUAGES if lang != FALLBACK]
ACRONYMS = {"rnn", "lstm", "gru", "mgu"}  # written in capitals, without a word of their own
HANGUL = re.compile(r"[\uac00-\ud7a3]")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_same_keys_and_placeholders(lang: str) -> None:
    there, wanted = load(lang).table(), load(FALLBACK).table()
    assert set(there) == set(wanted)
    different = {key for key in there if placeholders(there[key]) != placeholders(wanted[key])}
    assert different == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_same_files(lang: str) -> None:
    there, wanted = ({path.name for path in (WORDS / one).iterdir()} for one in (lang, FALLBACK))
    assert there == wanted


def test_a_cell_with_words_is_in_the_registry() -> None:
    named = {path.stem.removeprefix("cell_") for path in (WORDS / FALLBACK).glob("cell_*.toml")}
    assert named and named <= CELLS.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_language_are_told_to_be_in_it(lang: str) -> None:
    """The words of each language are detected as that language by the scripts in languages.toml.

    Of several languages of one script it is the one that the learner uses.
    """
    text = " ".join(load(lang).table().values())
    for among in (LANGUAGES, LANGUAGES[::-1]):
        assert language_of(text, among, lang) == lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_stands_in_two_files(lang: str) -> None:
    """A key is in only one file; otherwise the later file would silently win."""
    seen: dict[str, str] = {}
    for path in sorted((WORDS / lang).glob("*.toml")):
        for key in flat(tomllib.loads(path.read_text(encoding="utf-8"))):
            assert key not in seen, f"{key} in {seen[key]} and {path.name}"
            seen[key] = path.name


def flat(table: dict[str, object], prefix: str = "") -> list[str]:
    keys = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        keys += flat(value, f"{name}.") if isinstance(value, dict) else [name]
    return keys


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_composed_and_free_of_control_characters(lang: str) -> None:
    for key, text in load(lang).table().items():
        assert text == unicodedata.normalize("NFC", text), key
        assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in text), key
        assert text.strip(), key


COUNTED = re.compile(r"(\w+)\{\w+:\|s\}")
ALWAYS_MANY = {  # counts that are never 1
    "small.sentence", "build.say.passed", "check.longest", "check.run_long", "check.because_count",
    "progress.forecast", "progress.behind", "link.vector", "plain.answer.cloze",
}  # fmt: skip


def test_a_noun_beside_a_count_has_both_forms() -> None:
    """Counts that can be 1 are not followed by a fixed plural, as in "1 questions"."""
    table = load("en").table()
    nouns = {noun for text in table.values() for noun in COUNTED.findall(text)}
    assert len(nouns) > 10
    plural = re.compile(r"\{\w+\}(?: \w+)? (?:" + "|".join(nouns) + r")s\b")
    found = {key for key, text in table.items() if plural.search(text)}
    found -= {key for key in found if f"{key.rpartition('.')[0]}.1" in table}  # 1 is said there
    assert found == ALWAYS_MANY


def test_the_form_beside_a_count_is_that_of_the_count() -> None:
    words = load("en")
    assert [words("quiz.count", n=n) for n in (0, 1, "1", 2)] == [
        "0 questions", "1 question", "1 question", "2 questions",
    ]  # fmt: skip
    assert "the one step" in words("strip.shared", n=1)
    assert "all 4 steps" in words("strip.shared", n=4)


PARTICLE = re.compile(r"(?<!\})\}[`'\")\]]*(?:으로|은|는|이|가|을|를|과|와|로)(?![가-힣(])")


def test_a_korean_particle_after_a_word_that_is_filled_in_fits_both() -> None:
    """A particle after a placeholder has both forms, because it depends on the inserted word.

    One form is enough after a per cent value, and after "(…)" behind a fixed word, as in "(…)는".
    """
    table = load("ko").table()
    known = re.compile(r"\{[abfgiopqrz]\}[를가]|[가-힣]\(\{\w+\}\)[을는]")
    found = {k: t for k, t in table.items() if PARTICLE.search(known.sub("", t))}
    assert found == {}


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("tanh(a)", "tanh(a)를 tanh(a)로"), ("h₁", "h₁을 h₁로"), ("h₂", "h₂를 h₂로"),
        ("`c[4][0]`", "`c[4][0]`을 `c[4][0]`으로"), ("LSTM", "LSTM을 LSTM으로"),
        ("lstm_step", "lstm_step을 lstm_step으로"), ("attend", "attend를 attend로"),
        ("0.731", "0.731을 0.731로"), ("10", "10을 10으로"), ("값", "값을 값으로"),
        ("셀", "셀을 셀로"), ("σ", "σ를 σ로"), ("???", "???을(를) ???(으)로"),
    ],
)  # fmt: skip
def test_a_particle_fits_what_is_filled_in(word: str, shown: str) -> None:
    assert settled(f"{word}을(를) {word}(으)로") == shown


def test_a_text_with_an_open_particle_is_settled_when_it_is_filled() -> None:
    said = load("ko")("build.say.slip", instead="σ(a)", wrong="tanh(a)")
    assert "tanh(a)를" in said


def test_the_english_words_are_english() -> None:
    """No English word list contains a Korean sentence; a language name or an example may be
    Korean."""
    table = load("en").table()
    assert [key for key, text in table.items() if len(HANGUL.findall(text)) > 8] == []


def literals(tree: ast.Module) -> list[ast.Constant]:
    """Return the string literals of a module, without docstrings and regular expressions."""
    left_out: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for inner in body if isinstance(body, list) else []:
            if isinstance(inner, ast.Expr):
                left_out.add(id(inner.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            left_out |= {id(argument) for argument in ast.walk(node)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in left_out
    ]


def test_no_korean_stands_in_code() -> None:
    """Korean text is only in words/ and lessons/.

    Single letters and syllables are allowed in code about Hangul itself, and in patterns.
    """
    korean, found = re.compile(r"[\uac00-\ud7a3]{3,}"), []
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not korean.search(text) and "\\u" not in text:
            continue  # most files: they need not be parsed
        for node in literals(ast.parse(text)):
            if korean.search(str(node.value)):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert found == []


def key_literals() -> dict[str, str]:
    """Return the literal keys that code passes to `words`, with their places in the code."""
    keys = {}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "words(" in text else ():
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func
            called = name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")
            first = node.args[0]
            key = str(first.value) if isinstance(first, ast.Constant) else ""
            if called == "words" and re.fullmatch(r"[\w.-]+", key):
                keys[key] = f"{path.relative_to(PACKAGE)}:{node.lineno}"
    return keys


def test_no_language_stands_in_code() -> None:
    """No language is named in code; facts about one are in words/languages.toml and in data
    files."""
    either, found = f"({'|'.join(LANGUAGES)})", []
    quoted, alone = (
        re.compile(rf"[\"'._-]{either}[\"'._-]"),
        re.compile(rf"(.*[._-])?{either}([._-].*)?"),
    )
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in literals(ast.parse(text)) if quoted.search(text) else ():
            if alone.fullmatch(str(node.value)):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert found == []


def test_every_key_that_code_names_exists() -> None:
    known = load("en")
    assert {key: where for key, where in key_literals().items() if key not in known} == {}


def test_a_forgotten_word_or_view_breaks_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    words = load("ko")
    assert words("view.not_there") == "not there"
    stage = stages.open_stage(spec("gate", (), "ko"))
    frame = ViewContext(words, stage.cursor, stage.phases)
    assert registry.view("not-there:f", stage.trace, frame) == ()
    assert registry.heading("not-there:f", words, stage.trace) == "f"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sims.names())
def test_every_choice_of_a_knob_has_a_word_of_its_own(name: str, lang: str) -> None:
    """Choices that are names have a word in every language; numbers need none."""
    found = [
        f"choice.{field}.{choice}"
        for field, knob in knobs(sims.find(name).settings).items()
        for choice in knob.choices
        if knob.kind == "choice" and isinstance(choice, str)
    ]
    assert [key for key in found if key not in load(lang).table()] == []


def every_form(name: str) -> list[stages.Stage]:
    """Return the simulation with each choice of each of its knobs, one at a time."""
    simulation = sims.find(name)
    found = [stages.open_stage(spec(name, (), "en"))]
    for field, knob in knobs(simulation.settings).items():
        for choice in knob.choices if knob.kind == "choice" else ():
            try:
                found.append(stages.open_stage(spec(name, [(field, str(choice))], "en")))
            except SettingError:  # not allowed together with the other settings
                continue
    return found


@pytest.mark.parametrize("name", sims.names())
def test_every_view_kind_phase_and_knob_has_a_word(name: str) -> None:
    """No form of a simulation shows a name from the code instead of a word."""
    wanted, words = {f"lab.{name}"}, load("en")
    nameless = set()
    for stage in every_form(name):
        wanted |= {f"phase.{phase}" for phase in stage.phases}
        for each in stage.simulation.views(stage.settings):
            assert registry.heading(each, words, stage.trace)  # raises where a word is missing
        wanted |= {
            f"kind.{kind}"
            for kind in stage.trace.title or (stage.trace.cell,)
            if naming.title_word(stage.trace, words) == kind.upper() and kind not in ACRONYMS
        }
        nameless |= {
            field
            for field, knob in knobs(stage.simulation.settings).items()
            if naming.knob_label(stage, words, field) == field and "_" in field and not knob.symbol
        }
    assert sorted(key for key in wanted if key not in words) == []
    assert nameless == set()
