"""Texts of questions that several tests parse."""

from __future__ import annotations

WHY = "\n> [!WHY]\n> x\n"


VARIANT = """
```variant
model = "scalar_rnn"
ask = "h[2]"
atol = 0.005
dh_last = 1.0
draw.h0 = 0.0
draw.W = { uniform = [0.3, 0.9], round = 2 }
draw.x = { choice = [[1, 0], [1, -1]] }

[[wrong]]
slip = "no_tanh"
say = "tanh를 빠뜨렸다"

[[wrong]]
of = "h[1]"
say = "$h_1$에서 멈췄다"
```
"""
