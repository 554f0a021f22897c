"""rnntutor: a tutor for recurrent neural networks in a terminal."""

__version__ = "0.1.0"
