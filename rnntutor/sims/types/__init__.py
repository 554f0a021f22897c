"""The types of RNN: one cell connected to inputs and outputs in five ways, each with a trained
demonstration that reads the learner's input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

import numpy as np

from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import equations as eq
from rnntutor.nn.decoder import Decoder
from rnntutor.nn.layers import Bidirectional, Recurrent
from rnntutor.nn.models import EncoderDecoder, Model, SequenceToSequence, VectorToSequence
from rnntutor.nn.trace import Trace
from rnntutor.sims.base import OFF, ON, SettingError, Simulation, knob, language_field
from rnntutor.sims.common import demos, translate
from rnntutor.sims.common.measures import recorded_measures
from rnntutor.sims.common.read import whole
from rnntutor.sims.common.settings_from import check_names, language, setting
from rnntutor.sims.order import sentiment
from rnntutor.sims.types import pictures, tags
from rnntutor.sims.types.wirings import TYPES, WIRINGS, Type
from rnntutor.subjects.toys import Merge, Toy

SEQ_VEC: Type = "seq-vec"
VEC_SEQ: Type = "vec-seq"
SEQ_SEQ: Type = "seq-seq"
TRANSLATION: Type = "encoder-decoder"
BOTH_WAYS: Type = "bidirectional"
TAGGERS = (SEQ_SEQ, BOTH_WAYS)  # they answer at each word

BROUGHT = ("sentiment", "pictures", "tags", translate.DATES)  # what the five types read and say
SHOWN = {SEQ_VEC: ("sentiment", 2), SEQ_SEQ: ("tags", 4), BOTH_WAYS: ("tags", 5)}  # file, index


@dataclass(frozen=True)
class TypesSettings:
    """The settings of a type.

    Attributes:
        type: how inputs and outputs are connected.
        merge: how two directions are merged.
        units: H of the bidirectional network; the others have fixed sizes.
        text: the input; "" for a picture.
        last: another last word, for a second run of a network that answers at each word; "" for
            none.
        language: language of captions, and of the text if none is given; a given text determines
            its own.
        shape: shape of the picture.
        place: position of the shape.
        noise: standard deviation of the noise on its points.
        picture: a picture drawn by hand instead: eight rows of eight signs, # for a point; or "".
        seed: seed of the noise.
    """

    type: Type = knob(SEQ_VEC, "choice", choices=TYPES)
    merge: Merge = knob("concat", "choice", choices=tags.MERGES)
    units: int = knob(tags.WIDTHS[-1], "choice", choices=tags.WIDTHS, symbol="H")
    text: str = knob("", "text", language=True)
    last: str = knob("", "text", language=True)
    language: str = language_field(*BROUGHT)
    shape: str = knob("tee", "choice", choices=pictures.shapes())
    place: str = knob("top-left", "choice", choices=pictures.places())
    noise: float = knob(pictures.NOISE, "float", low=0, high=1, step=0.05, decimals=2)
    picture: str = knob("", "picture", side=pictures.SIDE)
    seed: int = knob(7, "int", low=0, high=9999, decimals=0)

    @property
    def ways(self) -> Merge | None:
        """The directions of a tagger: "concat" or "sum" for both, None for forward only."""
        return self.merge if self.type == BOTH_WAYS else None

    @property
    def width(self) -> int:
        """H of the tagger."""
        return self.units if self.type == BOTH_WAYS else tags.WIDTHS[-1]


def make(given: Mapping[str, object]) -> TypesSettings:
    """Return settings from (name, value) pairs as a lesson writes them.

    Raises:
        SettingError: a setting does not exist or cannot have that value.
    """
    check_names(TypesSettings, given)
    wanted = {name: value for name, value in given.items() if value is not None}
    read: dict[str, Any] = {}
    for name in ("type", "merge", "language", "shape", "place", "noise", "seed"):
        if name in wanted:
            read[name] = setting(TypesSettings, name, wanted[name])
    if "units" in wanted:
        read["units"] = width = whole("units", wanted["units"], *tags.WIDTHS)
        if width not in tags.WIDTHS:
            there = ", ".join(map(str, tags.WIDTHS))
            raise SettingError("setting.choice", name="units", value=width, choices=there)
    if wanted.get("picture"):
        read["picture"] = _read_drawing(wanted["picture"])
    if wanted.get("last"):
        read["last"] = demos.words_of(demos.read_text("last", wanted["last"], 1, demos.words_of))[0]
    draft = TypesSettings(**read)
    return draft if draft.type == VEC_SEQ else _with_text(draft, wanted.get("text"))


def _with_text(draft: TypesSettings, value: object) -> TypesSettings:
    """Return the settings with their text, and its language where the text determines it."""
    if value is None:
        return replace(draft, text=_default_input(draft))
    if draft.type == TRANSLATION:
        return replace(draft, text=demos.read_text("text", value, translate.LONGEST, list))
    most = sentiment.LONGEST if draft.type == SEQ_VEC else tags.LONGEST
    text = demos.read_text("text", value, most, demos.words_of)
    lang = language(TypesSettings, {"language": draft.language}, text)
    return replace(draft, text=text, language=lang)


def _default_input(draft: TypesSettings) -> str:
    """Return the default input, a text that was not trained on."""
    if draft.type == TRANSLATION:
        return translate.example(draft.language)
    file, index = SHOWN[draft.type]
    return str(demos.data(f"{file}.{draft.language}")["shown"][index])


def _read_drawing(value: object) -> str:
    """Return a hand-drawn picture: eight rows of eight signs, separated by blanks or slashes."""
    rows = re.split(r"[\s/|]+", str(value).strip())
    if len(rows) != pictures.SIDE or any(len(row) != pictures.SIDE for row in rows):
        raise SettingError("setting.picture", name="picture", side=pictures.SIDE)
    return " ".join("".join(ON if sign in "#1xX█" else OFF for sign in row) for row in rows)


def picture(settings: TypesSettings) -> Array:
    """Return the input picture (8,8), with noise."""
    if settings.picture:
        rows = settings.picture.split()
        clear: Array = np.array([[float(sign == ON) for sign in row] for row in rows])
    else:
        clear = pictures.picture(settings.shape, settings.place)
    return pictures.noisy(np.random.default_rng(settings.seed), clear, settings.noise)


def _picture_text(settings: TypesSettings, name: str) -> str:
    """Return the chosen shape without noise, as picture text."""
    rows = pictures.picture(settings.shape, settings.place)
    return " ".join("".join(ON if point else OFF for point in row) for row in rows)


def trace(settings: TypesSettings) -> Trace:
    """Return the run of the trained network, with its sizes D, H, K.

    The subject tells how it is connected; names holds the classes of p and, for networks that write
    symbols, the source and the output.
    """
    words = demos.words_of(settings.text)
    match settings.type:
        case "seq-vec":
            run = sentiment.read(settings.language, words)
        case "vec-seq":
            run = pictures.run(settings.language, picture(settings))
        case "encoder-decoder":
            run = translate.run(translate.DATES, settings.text, look=False)
        case "seq-seq" | "bidirectional":
            run = tags.read(settings.language, words, settings.ways, settings.width, settings.last)
        case other:
            assert_never(other)
    model = net(settings)
    fixed = {
        **run.fixed,
        "sizes": np.array([_inputs(model), run.units, run.arrays["p"].shape[1]], float),
        "parameters": np.array(float(model.size)),
    }
    return replace(run, subject=replace(run.of(Toy), wiring=WIRINGS[settings.type]), fixed=fixed)


def views(settings: TypesSettings) -> tuple[str, ...]:
    """Return the views; with another last word, first the one that shows what it changes."""
    two = ("later",) if settings.last and settings.type in TAGGERS else ()
    return (*two, "switchboard", "toy", "strip")


def idle(settings: TypesSettings) -> frozenset[str]:
    """Return settings that apply to other types only."""
    lacking = {
        "text": settings.type != VEC_SEQ,
        "last": settings.type in TAGGERS,
        **dict.fromkeys(("merge", "units"), settings.type == BOTH_WAYS),
        **dict.fromkeys(("shape", "place", "noise", "picture", "seed"), settings.type == VEC_SEQ),
    }
    return frozenset(name for name, there in lacking.items() if not there)


def net(settings: TypesSettings) -> Model:
    """Return the trained model."""
    match settings.type:
        case "seq-vec":
            return sentiment.reader(settings.language).model
        case "vec-seq":
            return pictures.describer(settings.language)[1]
        case "encoder-decoder":
            return translate.translator(translate.DATES, False).model
        case "seq-seq" | "bidirectional":
            return tags.tagger(settings.language, settings.ways, settings.width).model
        case other:
            assert_never(other)


def _inputs(model: Model) -> int:
    """Return D of the first layer's input: an embedding, or a picture."""
    if isinstance(model, VectorToSequence):
        return int(model.params["enter.V"].shape[1])
    return int(model.params["embed.E"].shape[1])


def right(settings: TypesSettings, trace: Trace) -> float:
    """Return the accuracy on held-out data: sentences, dates, captions under new noise.

    For taggers only ambiguous words count, and for the forward one only those determined by the
    preceding word.
    """
    lang = settings.language
    match settings.type:
        case "seq-vec":
            return sentiment.right(lang)
        case "vec-seq":
            return pictures.right(lang)
        case "encoder-decoder":
            return translate.right(translate.DATES, False)
        case "seq-seq":
            return tags.right(lang, None, settings.width, tags.BEFORE)
        case "bidirectional":
            sides = (tags.NEXT, tags.BEFORE)
            return sum(tags.right(lang, settings.ways, settings.width, side) for side in sides) / 2
        case other:
            assert_never(other)


def _tagging_measure(ways: Callable[[TypesSettings], Merge | None], where: str) -> Any:
    """Return a measure: the accuracy of a tagger on words determined by the word at `where`; NaN
    for other types."""

    def measure(settings: TypesSettings, trace: Trace) -> float:
        if settings.type not in TAGGERS:
            return float("nan")
        way = ways(settings)
        width = settings.width if way else tags.WIDTHS[-1]
        return tags.right(settings.language, way, width, where)

    return measure


# What runs, by type, the innermost first.
_SOURCES: Mapping[Type, tuple[Callable[..., Any], ...]] = {
    SEQ_VEC: (eq.rnn_state, eq.rnn_sum, eq.head),
    VEC_SEQ: (VectorToSequence._start, Decoder.forward, VectorToSequence.forward),
    SEQ_SEQ: (Recurrent.forward, SequenceToSequence.forward),
    TRANSLATION: (Decoder.forward, EncoderDecoder.forward),
    BOTH_WAYS: (Bidirectional.forward, SequenceToSequence.forward),
}

SIMULATION = Simulation(
    name="types",
    settings=TypesSettings,
    make=make,
    trace=trace,
    views=views,
    idle=idle,
    phases=lambda settings: ("whole",),
    picture=_picture_text,
    measures={
        "right": right,
        **recorded_measures("parameters"),
        "next_right": _tagging_measure(lambda settings: settings.ways, tags.NEXT),
        "before_right": _tagging_measure(lambda settings: settings.ways, tags.BEFORE),
        "one_way_next": _tagging_measure(lambda settings: None, tags.NEXT),
    },
    source=lambda settings, phase: _SOURCES[settings.type],
)
