"""The command line. Nothing heavy is imported before it is known what was asked."""

from rnntutor.cli.run import FAILED, INTERRUPTED, MISUSED, OK, main

__all__ = ["FAILED", "INTERRUPTED", "MISUSED", "OK", "main"]
