"""Started as a file in isolated mode: reads a request from each line of standard input and answers
with a line."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from rnntutor.build.child.program import main

if __name__ == "__main__":
    main()
