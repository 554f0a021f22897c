"""The files of a small correct course in both languages, for tests that break it."""

from __future__ import annotations

from pathlib import Path

CONTENTS = """\
[course]
title.ko = "작은 강좌"
title.en = "A small course"

[[topic]]
id = "rnn"
ko = "RNN"
en = "RNN"

[[topic]]
id = "gates"
ko = "게이트"
en = "Gates"

[[lesson]]
id = "one"
file = "01-one.md"
title.ko = "하나"
title.en = "One"
question.ko = "무엇인가?"
question.en = "What?"
topics = ["rnn"]

[[lesson]]
id = "two"
file = "02-two.md"
title.ko = "둘"
title.en = "Two"
question.ko = "어떻게?"
question.en = "How?"
topics = ["gates"]
"""

GLOSSARY = """\
[[term]]
id = "hidden-state"
ko = "은닉 상태"
en = "hidden state"
aliases.ko = ["히든 스테이트"]
aliases.en = ["state vector"]
definition.ko = "셀이 다음 시점에 넘기는 벡터이다."
definition.en = "The vector that a cell hands to the next time step."
step = "one.loop"

[[term]]
id = "cell-state"
ko = "셀 상태"
en = "cell state"
definition.ko = "LSTM이 쌓아 두는 벡터이다."
definition.en = "What an LSTM keeps."
"""

# ---- lesson one: prose, links, a table, a simulation with a prediction, three types ---------

ONE_KO = """\
# 하나

이 강은 무엇을 묻는가?

## 고리 {#loop}

셀은 {term:hidden-state}를 다시 읽는다. $h_t=\\tanh(Wx_t+Uh_{t-1})$이다.

$$h_1=\\tanh(Wx_1)$$

| 기호 | 뜻 |
|---|---|
| $T$ | 길이 |
| $\\lvert h\\rvert$ | 크기 |

```sim
use = "cell"
cell = "rnn"
units = 1
text = "안 비싸고 맛있다"
W = 0.5
U = 0.8
cursor = 1
controls = ["T", "scale"]
views = ["strip", "circuit"]
do = [ { of = "t", at_least = 3 } ]
say = "끝까지 갔다."
```

### 무엇을 읽는가? {#rnn.reads type=single d=1}

셀이 읽는 것은?

- [x] 입력과 상태 {#both}
- [ ] 입력만 읽는다 {#input m=M-06}
  > 상태를 빠뜨렸다. 셀은 상태도 읽는다.
- [ ] 아무것도 읽지 않는다 {#none fixed}
  > 입력을 빠뜨렸다. 셀은 둘 다 읽는다.

> [!HINT]
> 화살표를 세어 보자.

> [!WHY]
> 둘 다 읽는다. {step:two.gates}에서 다시 본다. {sim:cell cell=lstm units=2}

### 펼치기 {#rnn.multi type=multi d=1}

변하지 않는 것을 모두 고르면?

- [x] $U$의 원소 수 {#u}
- [x] 상태의 길이 {#h}
- [ ] 곱셈의 수 {#mul}
  > 시점마다 한 번씩 는다. 가중치의 수와 다르다.

> [!WHY]
> 가중치는 하나다.

## 펼침 {#unrolled}

펼친 그림이다.

## 읽기 {#read}

읽는 차례이다.

### 차례 {#rnn.order type=order d=2}

차례대로 놓으면?

1. 입력을 읽는다
2. 곱하고 더한다
3. tanh를 취한다

- [ ] 가중치를 바꾼다 {#update}
  > 가중치는 그대로다. 읽는 동안 바뀌지 않는다.

> [!WHY]
> 식의 차례이다.

## 더 풀어 보기 {#pool}

### 빈칸 {#rnn.gap type=cloze d=1}

셀이 넘기는 것은 [[type: 은닉 상태]]이고 크기는 [[pick: *정해져 있다* / 늘어난다]].

> [!WRONG]
> 1. 셀 상태가 아니라 은닉 상태이다.
> 2. 길이는 유닛의 수이다.

> [!WHY]
> 길이 $H$의 벡터이다. {step:one.loop}
"""

ONE_EN = """\
# One

What does this lesson ask?

## The loop {#loop}

The cell reads its {term:hidden-state} again: $h_t=\\tanh(Wx_t+Uh_{t-1})$.

$$h_1=\\tanh(Wx_1)$$

| sign | meaning |
|---|---|
| $T$ | length |
| $\\lvert h\\rvert$ | size |

```sim
use = "cell"
cell = "rnn"
units = 1
text = "good but not cheap"
W = 0.5
U = 0.8
cursor = 1
controls = ["T", "scale"]
views = ["strip", "circuit"]
do = [ { of = "t", at_least = 3 } ]
say = "That was the end."
```

### What does it read? {#rnn.reads type=single d=1}

What does the cell read?

- [x] input and state {#both}
- [ ] nothing but the input {#input m=M-06}
  > You left out the state. It is read as well.
- [ ] nothing that could be named {#none fixed}
  > You left out the input. Both are read.

> [!HINT]
> Count the arrows.

> [!WHY]
> Both. More in {step:two.gates}. {sim:cell cell=lstm units=2}

### Unrolling {#rnn.multi type=multi d=1}

Which of these stay the same?

- [x] the entries of $U$ {#u}
- [x] the length of the state {#h}
- [ ] the number of products {#mul}
  > There is one more at each step. Weights are another matter.

> [!WHY]
> There is one set of weights.

## Unrolled {#unrolled}

This is the picture unrolled.

## Reading {#read}

The order of reading.

### Order {#rnn.order type=order d=2}

Put them in order.

1. read the input
2. multiply and add
3. take tanh

- [ ] change the weights {#update}
  > The weights stay. Reading does not change them.

> [!WHY]
> It is the order of the equation.

## More questions {#pool}

### Gaps {#rnn.gap type=cloze d=1}

The cell hands on its [[type: hidden state]], whose size [[pick: *is fixed* / grows]].

> [!WRONG]
> 1. It is the hidden state.
> 2. Its length is the number of units.

> [!WHY]
> It is a vector of length $H$. {step:one.loop}
"""

# ---- lesson two: predictions, a challenge, numbers, many choices in the pool -----------------

VARIANT = """\
```variant
model = "scalar_memory"
ask = "c[2]"
atol = 0.005
draw.c0 = { choice = [-0.8, -0.5, 0.5, 0.8] }
draw.f = { choice = [[0.2, 0.9], [0.1, 0.7], [0.8, 0.9], [0.9, 0.7]] }
draw.i = { choice = [[0.5, 0.4], [0.9, 0.4], [0.3, 0.2]] }
draw.g = { choice = [[0.7, -0.8], [-0.6, 0.5]] }

[[wrong]]
slip = "forget_inverted"
say = "1−f"

[[wrong]]
of = "c[1]"
say = "c_1"
```
"""

SIM = """\
```sim
use = "cell"
cell = "lstm"
units = 1
x = [1, -1, 0, 0]
W_f = 1.5
U_f = 0
b_f = 1
clamp_i = 0
c0 = 0.8
cursor = 1
controls = ["b_f", "clamp_f@t"]
views = ["strip", "gate:f", "memory"]
focus = ["gate:f"]
"""

TWO_KO = f"""\
# 둘

이 강은 어떻게를 묻는다.

## 게이트 {{#gates}}

{{term:cell-state}}에 곱한다.

{SIM}\
predict = {{ ask = "c[2][0]", atol = 0.02, wrong = [ {{ slip = "forget_inverted", say = "1" }} ] }}
goal = [ {{ of = "retention", between = [0.2, 1.0] }} ]
```

### 남는 비율 {{#gates.left type=numeric d=2}}

$0.9^{{20}}$은 얼마인가?

= 0.122 +- 0.002
~ 18 : 더했다.

> [!WHY]
> 곱한다.

### 짝짓기 {{#gates.match type=match d=1}}

짝지으면?

| 게이트 | 하는 일 |
|---|---|
| f | 남긴다 |
| i | 쓴다 |
| | 지운다 |

> [!WRONG]
> 1. f는 남기는 비율이다.
> 2. i는 쓰는 비율이다.

> [!WHY]
> f는 남기고 i는 쓴다.

## 기억 {{#memory}}

기억은 남는다.

{SIM}\
[predict]
say = "기억은?"

[[predict.options]]
text = "줄어든다"
when = {{ of = "retention", at_most = 0.5 }}

[[predict.options]]
text = "커진다"
when = {{ of = "retention", at_least = 0.6 }}
say = "기억이 쌓인다고 보았다. 보탠 것이 없다."

[[predict.because]]
text = "f가 곱해진다"
right = true

[[predict.because]]
text = "i가 지운다"
m = "M-23"
say = "i는 쓰기만 한다."

[[predict.because]]
text = "저절로 흐려진다"
say = "f=1이면 그대로이다."
```

### 두 시점 {{#gates.trace type=trace d=2}}

$c_0={{{{ c0 }}}}$, $f={{{{ f }}}}$, $i={{{{ i }}}}$, $g={{{{ g }}}}$일 때 $c_2$는 얼마인가?

{VARIANT}
> [!HINT]
> $c_1={{{{ c[1] }}}}$이다.

> [!WHY]
> 값: {{{{ c[2] }}}}.

## 더 풀어 보기 {{#pool}}
"""

TWO_EN = f"""\
# Two

This lesson asks how.

## Gates {{#gates}}

They multiply the {{term:cell-state}}.

{SIM}\
predict = {{ ask = "c[2][0]", atol = 0.02, wrong = [ {{ slip = "forget_inverted", say = "1" }} ] }}
goal = [ {{ of = "retention", between = [0.2, 1.0] }} ]
```

### What is left {{#gates.left type=numeric d=2}}

What is $0.9^{{20}}$?

= 0.122 +- 0.002
~ 18 : You added.

> [!WHY]
> One multiplies.

### Pairs {{#gates.match type=match d=1}}

Match them.

| gate | what it does |
|---|---|
| f | keeps |
| i | writes |
| | erases |

> [!WRONG]
> 1. f is the share kept.
> 2. i is the share written.

> [!WHY]
> f keeps, i writes.

## Memory {{#memory}}

Memory stays.

{SIM}\
[predict]
say = "The memory?"

[[predict.options]]
text = "shrinks"
when = {{ of = "retention", at_most = 0.5 }}

[[predict.options]]
text = "grows"
when = {{ of = "retention", at_least = 0.6 }}
say = "You let it pile up. Nothing is added."

[[predict.because]]
text = "f multiplies it"
right = true

[[predict.because]]
text = "i erases it"
m = "M-23"
say = "i only writes."

[[predict.because]]
text = "it fades by itself"
say = "With f=1 it would stay."
```

### Two steps {{#gates.trace type=trace d=2}}

With $c_0={{{{ c0 }}}}$, $f={{{{ f }}}}$, $i={{{{ i }}}}$, $g={{{{ g }}}}$: what is $c_2$?

{VARIANT}
> [!HINT]
> $c_1={{{{ c[1] }}}}$.

> [!WHY]
> It is {{{{ c[2] }}}}.

## More questions {{#pool}}
"""

# Six choices for the pool of lesson two; in the first three the key is the longest option.
CHOICES = "\n".join(
    f"""\
### {n} {{#gates.choice-{n} type=single d=1}}

{n}?

- [x] {"right and long" if n < 3 else "right"} {{#right}}
- [ ] {"wrong" if n < 3 else "wrong and long"} {{#wrong}}
  > {n}

> [!WHY]
> {n}. {{step:two.gates}}
"""
    for n in range(6)
)

KO1, EN1, KO2, EN2 = "ko/01-one.md", "en/01-one.md", "ko/02-two.md", "en/02-two.md"

FILES = {
    "course.toml": CONTENTS,
    "glossary.toml": GLOSSARY,
    KO1: ONE_KO,
    EN1: ONE_EN,
    KO2: TWO_KO + "\n" + CHOICES,
    EN2: TWO_EN + "\n" + CHOICES,
}


def write(directory: Path, files: dict[str, str]) -> Path:
    """Write the files of a course and return its directory."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory
