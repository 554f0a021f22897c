"""Whatever a learner's function does, one problem is reported and the tutor continues."""

from __future__ import annotations

import os

import numpy as np
import pytest

from rnntutor.build import runner
from rnntutor.build.check import Finding, Passed, check
from rnntutor.build.process import WALL, Trouble
from tests.sampling import sampled

RIGHT = """
import numpy as np
def rnn_step(x, h_prev, W, U, b):
    {extra}
    return np.tanh(W @ x + U @ h_prev + b)
"""


def found(body: str) -> Finding:
    return check("rnn_step", RIGHT.format(extra=body.replace("\n", "\n    ")))


HOSTILE = {
    "a loop without end": ("while True: pass", {"slow"}),
    "recursion": ("def again(): again()\nagain()", {"recursion"}),
    "10 GB": ("np.ones(10 * 2**30 // 8)", {"memory"}),
    "a list that grows": ("a = [0]\nwhile True: a += a", {"memory", "slow", "too_much"}),
    "sys.exit": ("import sys; sys.exit(3)", {"exit"}),
    "os._exit": ("import os; os._exit(0)", {"ended"}),
    "killing itself": ("import signal; signal.raise_signal(9)", {"ended", "not_allowed"}),
    "a file read": ("open('/etc/passwd').read()", {"not_allowed"}),
    "a number without end": ("10 ** 10 ** 10", {"slow", "memory"}),
    "a generator without end": (
        "import itertools\nsum(1 for _ in itertools.count())",
        {"slow", "too_much"},
    ),
}  # fmt: skip
# Another case of this kind runs in every suite.
AGAIN = ("a list that grows", "a generator without end")


@pytest.mark.skipif(os.name == "nt", reason="bounds of POSIX")
@pytest.mark.parametrize("name", sampled(HOSTILE, lambda name: name not in AGAIN))
def test_it_ends_in_one_trouble(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body, kinds = HOSTILE[name]
    # An endless function uses the rest of the present second, or one second more.
    monkeypatch.setitem(runner.BOUNDS, "seconds", 0 if "slow" in kinds else 1)
    finding = found(body)
    assert isinstance(finding, Trouble) and finding.kind in kinds, finding


FORBIDDEN = (
    "input()",
    "import os; os.fork()",
    "import os; os.kill(os.getppid(), 9)",
    "import os; os.killpg(os.getppid(), 9)",
    "open('rnntutor_was_here', 'w')",
    "open('/etc/passwd').read()",
    "import socket; socket.socket()",
    "import subprocess; subprocess.run(['true'])",
)


@pytest.mark.skipif(os.name == "nt", reason="bounds of POSIX")
def test_nothing_outside_of_the_process_is_reached() -> None:
    """One process answers all of these calls, as a refused call does not end it."""
    lines = "".join(f"    if n == {n}: {body}\n" for n, body in enumerate(FORBIDDEN))
    odd = runner.Kept(f"def odd(n):\n{lines}    return n\n", "odd")
    try:
        for n, body in enumerate(FORBIDDEN):
            trouble = odd.call([n], wall=WALL).trouble
            assert trouble is not None and trouble.kind == "not_allowed", body
    finally:
        odd.end()


def test_a_function_that_sleeps_ends_by_the_clock() -> None:
    """A sleeping function uses no processor time, so only the wall-clock limit ends it."""
    asleep = runner.Kept(RIGHT.format(extra="import time; time.sleep(60)"), "rnn_step")
    vector, matrix = np.ones(2), np.ones((2, 2))
    found = asleep.call([vector, vector, matrix, matrix, vector], wall=0.5)
    assert found.trouble is not None and found.trouble.kind == "slow"


def test_a_million_lines_of_output_are_cut() -> None:
    finding = found("print('x' * 1_000_000)\nfor _ in range(500): print('line')")
    assert isinstance(finding, Passed)
    assert len(finding.printed) <= 2000


def test_writing_where_the_answer_goes_does_not_pass_for_an_answer() -> None:
    body = (
        "import os\n"
        "for n in range(3, 20):\n"
        '    try: os.write(n, b\'{"runs": [], "printed": ""}\')\n'
        "    except OSError: pass\n"
        "os._exit(0)"
    )
    assert not isinstance(found(body), Passed)


def test_a_thread_that_is_left_running_ends_with_its_process() -> None:
    body = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()"
    assert isinstance(found(body), Trouble | Passed)


def test_switching_the_trace_off_does_not_make_wrong_things_right() -> None:
    finding = found("import sys; sys.settrace(None); x = x * 2")
    assert not isinstance(finding, Passed)


def test_what_is_no_python_is_told_with_its_line() -> None:
    finding = check("rnn_step", "def rnn_step(x:\n    return x\n")
    assert isinstance(finding, Trouble) and finding.kind == "syntax" and finding.line == 1


def test_a_file_without_the_function_is_told() -> None:
    finding = check("rnn_step", "def other(): pass")
    assert isinstance(finding, Trouble) and finding.kind == "missing"


def test_what_met_is_told_with_its_shapes() -> None:
    finding = check("rnn_step", "def rnn_step(x, h_prev, W, U, b):\n    return W @ h_prev")
    assert isinstance(finding, Trouble) and finding.kind == "raised" and finding.line == 2
    assert finding.shapes == {"W": (4, 3), "h_prev": (4,)}
