"""Accepted and rejected answers of each cloze gap of the course, in both languages."""

from __future__ import annotations

import pytest

from rnntutor.course.load import open_course
from rnntutor.course.questions import mark
from rnntutor.course.questions.cloze import Cloze
from rnntutor.course.questions.match import Match
from rnntutor.package_data import lessons_dir
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
TERMS, _ = COURSE.glossary
QUESTIONS = {
    (lang, question.id): question
    for lang in LANGUAGES
    for entry in COURSE.entries
    for question in COURSE.read(entry.id, lang)[0].questions
}
CLOZES = [key for key, question in QUESTIONS.items() if question.type == "cloze"]
MATCHES = [key for key, question in QUESTIONS.items() if question.type == "match"]

ZERO = "0 0.0 ０ −0 0\u200b"
ONE = "1 1.0 １ 1."
# (language, question, gap from 0) -> right and wrong answers, separated by semicolons.
TYPED = {
    ("en", "sequence.summary", 2): (f"{ONE};one;One", "0;one half;2;zero;no"),
    ("ko", "sequence.summary", 2): (f"{ONE};일;하나;한", "0;이;영;열"),
    ("en", "sequence.summary", 3): ("2;２;2.0;two;Two.", "1;three;twenty;2.5"),
    ("ko", "sequence.summary", 3): ("2;２;이;둘;두;두 개;2개;2.0", "하나;셋;스물;12"),
    ("en", "rnn.limits", 1): (f"{ZERO};zero", "1;one;x;h"),
    ("ko", "rnn.limits", 1): (f"{ZERO};영;공", "1;일;십"),
    ("en", "rnn.limits", 2): (f"{ONE};one", "0;-1;2;eleven"),
    ("ko", "rnn.limits", 2): (f"{ONE};일;하나", "0;−1;이;열하나"),
    ("en", "rnn.limits", 3): ("20;20.0;２０;twenty", "100;2;two;twelve;2000"),
    ("ko", "rnn.limits", 3): ("20;20개;이십;스물;스무;스무 개;20.", "100;백;이;열둘"),
    ("en", "types.gaps", 4): ("32;32.0;３２;thirty-two;thirty two;Thirty\u2011two", "16;thirty;64"),
    ("ko", "types.gaps", 4): ("32;32개;삼십이;삼십이 개;서른둘;서른두 개", "16;십육;서른;64"),
    ("en", "types.gaps", 5): ("16;16.0;sixteen", "32;sixty;6;thirty-two"),
    ("ko", "types.gaps", 5): ("16;16개;십육;열여섯;열여섯 개", "32;여섯;육십;삼십이"),
    ("en", "bptt.gaps", 1): (f"{ZERO};zero;Zero", "1;dh;one;T"),
    ("ko", "bptt.gaps", 1): (f"{ZERO};영", "1;일;마지막"),
    ("en", "lstm.parts", 2): (
        "gate;a gate;the gate;gates;Gate.;GATE;게이트;ｇａｔｅ;gate\u200b",
        "cell;neuron;gat;unit;forget gate;no gate;state",
    ),
    ("ko", "lstm.parts", 2): (
        "게이트;gate;게이트(gate);게이트들;Gate;게이트.",
        "셀;망각 게이트;게이;유닛;게이트(셀)",
    ),
    ("en", "gates.how-much-what", 2): (
        "tanh;Tanh;tanh function;the tanh function;hyperbolic tangent;쌍곡 탄젠트",
        "sigmoid;σ;tan;softmax;relu",
    ),
    ("ko", "gates.how-much-what", 2): (
        "tanh;tanh 함수;쌍곡선 탄젠트;쌍곡 탄젠트;하이퍼볼릭 탄젠트;하이퍼볼릭탄젠트",
        "시그모이드;탄젠트;소프트맥스;σ",
    ),
    ("en", "gates.stored-and-shown", 2): (f"{ZERO};zero", "1;one;c;half"),
    ("ko", "gates.stored-and-shown", 2): (f"{ZERO};영", "1;절반;일"),
    ("en", "gru.roles", 2): (
        "update gate;the update gate;update;update-gate;Update\u2011Gate;z gate;업데이트 게이트;"
        "update gate (z);an update gate",
        "reset gate;gate;forget gate;input gate;update gate (reset gate);r gate",
    ),
    ("ko", "gru.roles", 2): (
        "업데이트 게이트;갱신 게이트;업데이트;갱신;update gate;z 게이트;업데이트 게이트(z);"
        "update 게이트;update-gate;업데이트 게이트(update gate)",
        "리셋 게이트;게이트;망각 게이트;입력 게이트;업데이트 게이트(리셋 게이트)",
    ),
    ("en", "beyond.names", 0): (
        "attention;an attention;Attention mechanism;어텐션",
        "attention span;transformer;softmax;self",
    ),
    ("ko", "beyond.names", 0): (
        "어텐션;attention;어텐션(attention);어텐션 기법;어텐션 메커니즘;주의 집중",
        "트랜스포머;소프트맥스;집중",
    ),
    ("en", "beyond.names", 1): (
        "softmax;softmax function;the softmax;Softmax;soft-max",
        "sigmoid;max;softmin;tanh",
    ),
    ("ko", "beyond.names", 1): (
        "소프트맥스;softmax;소프트맥스 함수;소프트맥스(softmax)",
        "시그모이드;맥스;소프트",
    ),
    ("en", "practice.names", 1): (
        "teacher forcing;Teacher forcing;teacher-forcing;교사 강요",
        "teacher;forcing;free run;exposure bias",
    ),
    ("ko", "practice.names", 1): (
        "교사 강요;teacher forcing;티처 포싱;교사강요;교사 강제",
        "교사;강요;자유 실행;노출 편향",
    ),
    ("en", "practice.names", 2): ("temperature;the temperature;Temperature", "bits;logit;sampling"),
    ("ko", "practice.names", 2): ("온도;temperature", "비트;로짓;습도"),
}


def parts(key, gap, text):
    """Return whether the gap is right when filled with this text."""
    body = QUESTIONS[key].body
    filled = ["x"] * len(body.gaps)
    filled[gap] = text
    return mark(QUESTIONS[key], filled, glossary=TERMS).parts[gap]


def answers(text):
    """Split a text at semicolons; digits alone also at spaces."""
    found = []
    for part in text.split(";"):
        found += part.split(" ") if part in (ZERO, ONE) else [part]
    return found


@pytest.mark.parametrize("typed_gap", TYPED, ids=lambda p: f"{p[1]}[{p[2]}]-{p[0]}")
def test_a_gap_takes_what_is_right_and_nothing_else(typed_gap):
    lang, name, gap = typed_gap
    right, wrong = TYPED[typed_gap]
    assert [a for a in answers(right) if not parts((lang, name), gap, a)] == []
    assert [a for a in answers(wrong) if parts((lang, name), gap, a)] == []


def test_no_gap_to_be_typed_is_left_out_above():
    there = {
        (lang, name, n)
        for lang, name in CLOZES
        for n, gap in enumerate(QUESTIONS[lang, name].body.gaps)
        if gap.kind == "type"
    }
    assert there == set(TYPED)
    assert len(CLOZES) == 2 * 10


@pytest.mark.parametrize("key", CLOZES, ids=lambda k: f"{k[1]}-{k[0]}")
def test_of_a_choice_only_the_choice_is_right(key):
    body = QUESTIONS[key].body
    assert isinstance(body, Cloze)
    for n, gap in enumerate(body.gaps):
        for choice in gap.choices:
            assert parts(key, n, choice) == (choice == gap.answers[0])


@pytest.mark.parametrize("key", CLOZES + MATCHES, ids=lambda k: f"{k[1]}-{k[0]}")
def test_every_wrong_part_is_met_with_a_reason_of_its_own(key):
    question = QUESTIONS[key]
    body = question.body
    if isinstance(body, Match):
        count = len(body.pairs)
        answer = [(n + 1) % count for n in range(count)]
    else:
        count = len(body.gaps)
        answer = ["없다"] * count
    verdict = mark(question, answer, glossary=TERMS)
    assert len(verdict.feedback) == count == len(set(body.reasons))
    right = mark(question, verdict.right, glossary=TERMS)
    assert (right.state, right.feedback) == ("right", ())
