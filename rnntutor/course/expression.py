"""Parse numbers as people type them: `0.73`, `1/2`, `tanh(0.5)`, `0.5^50`, `87.6%`, `≈0.12`.

A recursive-descent parser over floats: nothing is evaluated as code, and the work is bounded by the
length of the text. The grammar:

    sum      product { (+ | −) product }
    product  signed { (× | ÷) signed }
    signed   [ + | − ] signed  |  power
    power    percent [ ^ signed ]          2^3^2 is 2^(3^2), −2^2 is −(2^2)
    percent  atom { % }
    atom     number  |  e | π  |  name ( sum )  |  name number  |  ( sum )
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST = 120  # characters; sensible answers have at most about forty
DEEPEST = 24  # nesting depth of brackets, signs and powers
LARGEST = 1e300

# Variants of the operators. NFKC has already replaced full-width forms.
_ORDINARY = str.maketrans(
    dict.fromkeys("−–—‐‑‒﹣⁻", "-")
    | dict.fromkeys("×·∙⋅•*", "*")
    | dict.fromkeys("÷∕⁄/", "/")
    | {"π": " pi ", "√": " sqrt ", "σ": " sigmoid ", "Σ": " sigmoid ", "[": "(", "]": ")"}
    | {"{": "(", "}": ")"}
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_RAISED_TO_ORDINARY = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

# Words and signs before a number that do not change it, and Korean counters after one.
_BEFORE = re.compile(r"(?:≈|≒|≃|~|=|약|대략|about|approximately|approx\.?|ca\.)+\s*", re.IGNORECASE)
_PERCENT_WORD = re.compile(r"(?<=[\d\s)])\s*(?:퍼센트|프로|per\s?cent)$", re.IGNORECASE)
_COUNTER = re.compile(r"(?<=\d)\s*(?:개|배|번|가지|시점)$")

_TOKEN = re.compile(
    r"(?P<number>"
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?(?![\d,])"  # thousands: 6,208
    r"|\d*,\d+(?![\d,.])"  # a decimal comma: 0,139
    r"|\d+(?:\.\d*)?|\.\d+"
    r")(?P<power>[eE][+-]?\d{1,3}(?![\d.]))?"
    r"|(?P<name>log10|log2|[A-Za-z]+)"
    r"|(?P<sign>\*\*|[-+*/^%()])",
    re.ASCII,
)

CONSTANTS: Mapping[str, float] = {"e": math.e, "pi": math.pi}


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "sigmoid": _sigmoid,
    "sigma": _sigmoid,
    "sig": _sigmoid,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "ln": math.log,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "abs": abs,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
}


class ExpressionError(ValueError):
    """Raised for text that has no numeric value.

    Attributes:
        key: Key of the error message in words/ ("expression.…").
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Typed:
    """The value of a typed text.

    Attributes:
        value: The number.
        bare: Whether the text is a plain number without any operation.
        percent: Whether the text ends in a percent sign.
    """

    value: float
    bare: bool
    percent: bool


def parse_number(text: str) -> float | None:
    """Return the value of the text, or None if it is not a number."""
    try:
        return evaluate(text).value
    except ExpressionError:
        return None


def evaluate(text: str) -> Typed:
    """Return the value of the text.

    Accepts any minus sign, × ÷ ·, full-width characters, ², and a comma as decimal point or between
    groups of three digits (6,208). `log` is the natural logarithm.

    Raises:
        ExpressionError: The text has no numeric value. No other exception is raised.
    """
    if len(text) > LONGEST:
        raise ExpressionError("expression.long")
    plain = _plain(text)
    tokens = _tokens(plain)
    if not tokens:
        raise ExpressionError("expression.none")
    reading = _Reading(tokens)
    value = reading.whole()
    kinds = [kind for kind, _ in tokens]
    signed = kinds[1:] if tokens[0][1] in ("+", "-") else kinds
    return Typed(value, signed == ["number"], tokens[-1][1] == "%")


def _plain(text: str) -> str:
    """Return the text rewritten in the characters of the grammar."""
    raised = _RAISED.sub(lambda m: f"^({m[0].translate(_RAISED_TO_ORDINARY)})", text)
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raised)).translate(_ORDINARY).strip()
    plain = _BEFORE.sub("", plain, count=1) if _BEFORE.match(plain) else plain
    return _COUNTER.sub("", _PERCENT_WORD.sub("%", plain))


def _tokens(plain: str) -> list[tuple[str, str]]:
    """Return the tokens as (kind, text), where kind is "number", "name" or "sign"."""
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(plain):
        if plain[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(plain, at)
        if match is None:
            raise ExpressionError("expression.none" if not out else "expression.unknown")
        kind = match.lastgroup or "sign"
        if match["number"]:
            digits = match["number"]
            thousands = "," in digits and re.match(r"[1-9]\d{0,2}(,\d{3})+", digits)
            digits = digits.replace(",", "" if thousands else ".")
            out.append(("number", digits + (match["power"] or "")))
        else:
            out.append((kind, match[0]))
        at = match.end()
    return out


@dataclass
class _Reading:
    """Parser state: the tokens, the index of the next one, and the nesting depth."""

    tokens: list[tuple[str, str]]
    at: int = 0
    depth: int = 0

    def whole(self) -> float:
        """Return the value of the whole expression.

        Raises:
            ExpressionError: The expression is followed by other characters.
        """
        value = self._sum()
        if self.at < len(self.tokens):
            closing = self.tokens[self.at][1] == ")"
            raise ExpressionError("expression.bracket" if closing else "expression.sign")
        return value

    def _next(self, *signs: str) -> str:
        """Consume and return the next token if it is one of these signs, else return ""."""
        if self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if kind == "sign" and text in signs:
                self.at += 1
                return text
        return ""

    def _sum(self) -> float:
        value = self._product()
        while sign := self._next("+", "-"):
            other = self._product()
            value = _check_size(value + other if sign == "+" else value - other)
        return value

    def _product(self) -> float:
        value = self._signed_term()
        while sign := self._next("*", "/"):
            other = self._signed_term()
            if sign == "/" and other == 0:
                raise ExpressionError("expression.zero")
            value = _check_size(value * other if sign == "*" else value / other)
        return value

    def _signed_term(self) -> float:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("expression.deep")
        sign = self._next("+", "-")
        value = self._signed_term() if sign else self._power()
        self.depth -= 1
        return -value if sign == "-" else value

    def _power(self) -> float:
        base = self._percent()
        if not self._next("^", "**"):
            return base
        return _apply(math.pow, base, self._signed_term())

    def _percent(self) -> float:
        value = self._atom()
        while self._next("%"):
            value /= 100
        return value

    def _atom(self) -> float:
        if self._next("("):
            value = self._sum()
            if not self._next(")"):
                raise ExpressionError("expression.bracket")
            return value
        if self.at >= len(self.tokens):
            raise ExpressionError("expression.unfinished")
        kind, text = self.tokens[self.at]
        if kind == "sign":
            raise ExpressionError("expression.unfinished")
        self.at += 1
        if kind == "number":
            return _check_size(float(text))
        name = text.lower()
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name not in FUNCTIONS:
            raise ExpressionError("expression.unknown")
        return self._call(FUNCTIONS[name])

    def _call(self, function: Callable[[float], float]) -> float:
        """Evaluate a function call: `tanh(0.5)`, or `tanh 0.5` with a single number or constant."""
        if self.at >= len(self.tokens):
            raise ExpressionError("expression.unfinished")
        kind, text = self.tokens[self.at]
        single = kind == "number" or text.lower() in CONSTANTS
        if text != "(" and not single:
            raise ExpressionError("expression.call")
        return _apply(function, self._atom())


def _apply(function: Callable[..., float], *values: float) -> float:
    """Return the value of the function.

    Raises:
        ExpressionError: The function is undefined there or its value is too large.
    """
    try:
        return _check_size(function(*values))
    except OverflowError:
        raise ExpressionError("expression.large") from None
    except (ArithmeticError, ValueError) as error:
        if isinstance(error, ExpressionError):
            raise
        raise ExpressionError("expression.undefined") from None


def _check_size(value: float) -> float:
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ExpressionError("expression.large")
    return value
