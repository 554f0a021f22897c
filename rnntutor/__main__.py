"""`python -m rnntutor`."""

import sys

from rnntutor.cli import main

sys.exit(main())
