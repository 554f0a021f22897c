"""The first lesson of the small course: prose, links, a table, a simulation, questions."""

from __future__ import annotations

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
