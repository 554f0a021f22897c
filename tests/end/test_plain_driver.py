"""With a Textual whose private names all differ, the tutor runs as with plain Textual.

This concerns the driver and the parser, in a real terminal.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from terminal import HOME, Start

from rnntutor.tui.terminal.compatible import DRIVER

# The names are changed in the source of each module, before it is compiled.
PROGRAM = """
import re, sys
from importlib.machinery import SourceFileLoader

compiled = SourceFileLoader.get_code

def changed(self, name):
    text = self.get_data(self.path).decode() if name.startswith("textual.") else ""
    new = re.sub({names!r}, r"\\g<0>_elsewhere", text)
    return compile(new, self.path, "exec") if new != text else compiled(self, name)

SourceFileLoader.get_code = changed
from rnntutor.cli import main
from rnntutor.tui.terminal import compatible
assert len(list(compatible.missing(compatible.DRIVER))) == {count}
sys.exit(main())
"""


def test_the_tutor_takes_keys_and_gives_the_terminal_back(start: Start, data: Path) -> None:
    classes = [path.partition(":")[2] for path, names in DRIVER.items() if not names]
    inside = [name for names in DRIVER.values() for name in names]
    pattern = rf"(?<!textual\.)\b(?:{'|'.join(map(re.escape, (*classes, *inside)))})\b"
    program = PROGRAM.format(names=pattern, count=len(classes) + len(inside))
    arguments = ["--lang", "en", "--data-dir", str(data)]
    tutor = start(*arguments, program=[sys.executable, "-c", program])
    tutor.wait(HOME["en"])
    home = tutor.text
    tutor.press("down")
    tutor.wait(lambda: tutor.text != home)
    tutor.press("g")
    tutor.wait("Glossary")
    tutor.press("esc")
    tutor.wait(lambda: "Glossary" not in tutor.text)
    tutor.press("q")
    assert tutor.wait_for_end() == 0
    assert tutor.restored
    assert not (data / "crash.log").exists()
