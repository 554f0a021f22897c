"""The command line; nothing heavy is imported before the command is known."""

from rnntutor.cli.run import FAILED, INTERRUPTED, MISUSED, OK, main

__all__ = ["FAILED", "INTERRUPTED", "MISUSED", "OK", "main"]
