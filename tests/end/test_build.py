"""A learner writes the LSTM's step with a mistake, corrects it after a check, and runs it.

The second test does the same with a file in the learner's own editor.
"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sampling import sampled
from sitting import Learner
from terminal import HOME, Start

from rnntutor.words import LANGUAGES

BODY = (
    'f, i, o = (sigmoid(W[k] @ x + U[k] @ h_prev + b[k]) for k in "fio")',
    'g = np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])',
    "c = i * c_prev + i * g",
    "h = o * np.tanh(c)",
    "return h, c",
)

BACK = """\
def lstm_backward(dh, dc_next, step, W, U):
    f, i, o, g, c = (step[k] for k in ("f", "i", "o", "g", "c"))
    tanh_c = np.tanh(c)
    dc = dc_next + dh * o * (1 - tanh_c**2)
    da = {
        "f": dc * step["c_prev"] * f * (1 - f),
        "i": dc * g * i * (1 - i),
        "o": dh * tanh_c * o * (1 - o),
        "g": dc * i * (1 - g**2),
    }
    dx, dh_prev = (sum(M[k].T @ da[k] for k in da) for M in (W, U))
    dW, dU = ({k: np.outer(da[k], step[v]) for k in da} for v in ("x", "h_prev"))
    return dx, dh_prev, dc * f, dW, dU, da
"""


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
def test_a_mistake_is_found_and_mended(
    start: Start, data: Path, environ: dict[str, str], lang: str
) -> None:
    editor = data.parent / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/h = o/h = f/" "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    environ["VISUAL"] = str(editor)
    terminal = start("--lang", lang, "--data-dir", str(data))
    learner = Learner(terminal, data, lang)
    terminal.wait(HOME[lang])
    terminal.press("w")
    terminal.wait("lstm_step")
    terminal.press(*["down"] * learner.course.builds.index("lstm_step"), "enter")
    terminal.wait("def lstm_step")
    terminal.wait(learner.words("build.waiting"))
    pasted = "\n    ".join(BODY[:-2])  # from elsewhere
    terminal.type(f"\x1b[200~{pasted}\x1b[201~")
    for line in BODY[-2:]:
        terminal.press("enter")
        terminal.type(line)
    terminal.wait("return h, c")
    terminal.press("ctrl+r")
    terminal.wait("✗")
    terminal.wait("cₜ")
    assert "13" in terminal.text and "iₜ ⊙ cₜ₋₁" in terminal.text
    code = [row for row in terminal.rows if row.strip()[:2].strip().isdecimal()]
    assert len(code) >= 12
    terminal.press("up", "up", "home", *["right"] * 5, "backspace")
    terminal.type("f")
    terminal.press("ctrl+r")
    terminal.wait("✓")
    terminal.press("ctrl+p")
    terminal.wait(f"◆ {learner.words('build.own.lead', name='lstm_step')}")
    terminal.press("right")  # the first phase of the learner's own run
    terminal.wait(learner.words("phase.gates"))
    terminal.press("esc")
    terminal.wait("return h, c")
    terminal.press("ctrl+o")
    terminal.wait("h = f * np.tanh(c)")
    terminal.wait("✗")
    terminal.press("ctrl+c")
    assert terminal.wait_for_end() == 0 and terminal.restored
    assert learner.progress.settings["language"] == lang
    told = [event.data for event in learner.events if event.kind == "build"]
    assert [(one["quantity"], one["passed"]) for one in told[:2]] == [("c", False), (None, True)]
    assert "c = f * c_prev" in (data / "build" / "lstm_step.py").read_text(encoding="utf-8")


def test_the_same_beside_an_editor_with_watch(
    start: Start, data: Path, environ: dict[str, str]
) -> None:
    """`--watch` checks the file whenever it is saved; then `--stage` and `--race` use it."""
    file = data / "build" / "lstm_step.py"
    file.parent.mkdir(parents=True)
    head = "import numpy as np\n\ndef sigmoid(a):\n    return 1 / (1 + np.exp(-a))\n\n"
    body = "".join(f"    {line}\n" for line in BODY)
    file.write_text(f"{head}def lstm_step(x, h_prev, c_prev, W, U, b):\n{body}")
    terminal = start("--lang", "ko", "--data-dir", str(data), "build", "lstm_step", "--watch")
    learner = Learner(terminal, data, "ko")
    terminal.wait("iₜ ⊙ cₜ₋₁")
    file.write_text(file.read_text().replace("i * c_prev", "f * c_prev"))
    terminal.wait("✓")
    terminal.press("ctrl+c")
    assert terminal.wait_for_end() == 0
    terminal = start("--lang", "ko", "--data-dir", str(data), "build", "lstm_step", "--stage")
    terminal.wait(f"◆ {learner.words('build.own.lead', name='lstm_step')}")
    terminal.press("esc")
    assert terminal.wait_for_end() == 0 and terminal.restored
    back = data / "build" / "lstm_backward.py"
    back.write_text(f"import numpy as np\n\n{BACK}")
    terminal = start("--lang", "ko", "--data-dir", str(data), "build", "lstm_backward", "--race")
    mine = learner.words("race.mine")
    terminal.wait("◆")
    terminal.press("2", "space")
    # A report of the training run has arrived: its row shows the duration.
    terminal.wait(lambda: any(mine in row and "초" in row for row in terminal.rows))
    terminal.press("esc")
    assert terminal.wait_for_end() == 0 and terminal.restored
