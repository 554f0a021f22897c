"""A small course with a simulation, a prediction, a challenge, and a question of each type."""

from __future__ import annotations

from pathlib import Path

import course_files
import course_lesson_two

CONTENTS = course_files.CONTENTS
GLOSSARY = course_files.GLOSSARY.replace("one.loop", "one.gates")

ONE = """\
# One

What is a {term:hidden-state}? See [the paper](https://example.org/paper) and {step:two.last}.

## Gates {#gates}

A gate multiplies. {sim:cell cell=lstm units=1 clamp_f=0}

```sim
use = "cell"
cell = "lstm"
units = 2
x = [1, -1, 0, 0]
W_f = 1.5
U_f = 0
clamp_i = 0
c0 = 0.8
cursor = 1
controls = ["forget_bias", "clamp_f@t", "T", "x"]
views = ["gate:f", "memory"]
do = [ { of = "forget_bias", at_least = 2 } ]
say = "It was kept."

[predict]
say = "What is $f_2$?"
ask = "f[2][0]"
atol = 0.01

[[predict.wrong]]
of = "f[1][0]"
say = "That was step 1."
```

✎ Turn the bias up.

### Single {#rnn.single type=single d=1}

Which one?

- [ ] the first {fixed}
  > Not the first.
- [x] the second {fixed}
- [ ] the third {fixed}
  > Not the third.

> [!HINT]
> Neither first nor third.

> [!HINT]
> Count.

> [!WHY]
> It is the second. {sim:cell cell=gru units=1}

### Multi {#rnn.multi type=multi d=1}

Which ones?

- [x] alpha {fixed}
- [ ] beta {fixed}
  > Beta is wrong.
- [x] gamma {fixed}

> [!WHY]
> Two of them.

### Numeric {#rnn.numeric type=numeric d=1}

What is $\\tanh(1)$?

= 0.762 +- 0.001
~ 0.731 : That is the sigmoid.

> [!WHY]
> It is 0.762.

### Cloze {#rnn.cloze type=cloze d=1}

The [[type: hidden state]] lies [[pick: *below* / above]] one, for it is a [[type: tanh]].

> [!WHY]
> It is a tanh.

### Order {#rnn.order type=order d=1}

In which order?

1. read
2. multiply
3. squash

- [ ] forget everything {#all}
  > Nothing is forgotten.

> [!WHY]
> As in the equation.

### Match {#rnn.match type=match d=1}

What belongs together?

| gate | work |
|---|---|
| f | keeps |
| i | writes |
| o | shows |
| | sleeps |

> [!WHY]
> By their names.

### Trace {#rnn.trace type=trace d=1}

With $c_0={{ c0 }}$, $f={{ f }}$, $i={{ i }}$, $g={{ g }}$: what is $c_2$?

VARIANT

> [!WHY]
> It is {{ c[2] }}.

### Letter {#rnn.letter type=cloze d=1}

The letter after a is [[type: b]].

> [!WHY]
> It is b.
""".replace("VARIANT\n", course_lesson_two.VARIANT)

TWO = """\
# Two

## Choice {#choice}

```sim
use = "cell"
cell = "lstm"
units = 1
x = [1, 0, 0]
b_f = 3
c0 = 0.8
clamp_i = 0
controls = ["b_f"]
views = ["strip:c"]
goal = [ { of = "retention", at_most = 0.5 } ]

[predict]
say = "The memory?"

[[predict.options]]
say = "shrinks to nothing"
when = { of = "retention", at_most = 0.1 }

[[predict.options]]
say = "mostly stays"
when = { of = "retention", at_least = 0.6 }

[[predict.because]]
text = "It grows by itself"
m = "M-13"
say = "Nothing grows here."

[[predict.because]]
text = "The gate keeps it"
right = true

[[predict.because]]
text = "Something was written"
say = "Nothing was written."
```

### Again {#rnn.again type=single d=1}

Again?

- [x] yes {fixed}
- [ ] no {fixed}
  > Yes.

> [!WHY]
> Yes.

## Last {#last}

Prose alone.

### Really the last {#rnn.last type=single d=1}

The last?

- [x] yes {fixed}
- [ ] no {fixed}
  > Yes.

> [!WHY]
> Yes.
"""

# The Korean lessons have Korean words only where a test needs them.
KOREAN = {"# One": "# 하나", "Which one?": "어느 것인가?", "Not the first.": "첫째가 아니다."}


def korean(text: str) -> str:
    for english, said in KOREAN.items():
        text = text.replace(english, said)
    return text


FILES = {
    "course.toml": CONTENTS,
    "glossary.toml": GLOSSARY,
    "en/01-one.md": ONE,
    "en/02-two.md": TWO,
    "ko/01-one.md": korean(ONE),
    "ko/02-two.md": korean(TWO),
}


def write(directory: Path) -> Path:
    """Write the files of the course and return its directory."""
    return course_files.write(directory, FILES)
