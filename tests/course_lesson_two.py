"""The second lesson of the small course: predictions, a challenge, numbers, many choices."""

from __future__ import annotations

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
