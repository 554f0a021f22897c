"""Signs: indices below the line, and what stands for every sign on a terminal with ASCII alone."""

from __future__ import annotations

from rnntutor.spans import Row, Rows

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ASCII = str.maketrans(
    dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
    | dict(zip("▁▂▃▄▅▆▇█", ".,:;+*#@", strict=True))
    | dict(zip("▏▎▍▌▋▊▉", "   ####", strict=True))
    | dict.fromkeys("┌┐└┘├┤┬┴┼", "+")
    | dict.fromkeys("─━═", "-")
    | dict.fromkeys("│║", "|")
    | {
        "▒": "%",
        "░": "%",
        "·": ".",
        "−": "-",
        "×": "x",
        "⊙": "*",
        "σ": "s",
        "ρ": "r",
        "Σ": "S",
        "…": "~",
    }
    | {"▶": ">", "◀": "<", "▲": "^", "▼": "v", "‹": "<", "›": ">", "→": ">", "←": "<", "▸": ">"}
    | {"▓": "%", "∂": "d", "ᵀ": "T", "∏": "P", "²": "2", "●": "o", "∞": "~", "□": "O"}
    | {"✓": "+", "✗": "x", "–": "-", "▀": "'"}
    | {"◂": "<", "↑": "^", "↓": "v", "⋮": ":", "‖": "|", "≥": ">", "≤": "<", "≈": "~"}
)


def below(t: int) -> str:
    """A number as an index below the line: 12 -> "₁₂"."""
    return str(t).translate(_BELOW)


def ascii_rows(rows: Rows) -> Rows:
    """The rows with an ASCII sign for every drawn one, cell for cell; words stay as they are."""
    return tuple(_ascii_row(row) for row in rows)


def _ascii_row(spans: Row) -> Row:
    return tuple(span.with_text(span.text.translate(_ASCII)) for span in spans)
