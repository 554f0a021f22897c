"""The views of a training, each with its caption."""

from __future__ import annotations

from rnntutor.render.views import (
    forecast,
    learning,
    learning_caption,
    learning_table,
    probe,
    recall,
    written,
)
from rnntutor.render.views.view import View
from rnntutor.subjects.training import Dictation, Forecast, Race, Recall

VIEWS = (
    View("curve", learning.curve, training=True),
    View("curves", learning.curve, training=True, describe=learning_caption.race),
    View(
        "forecast",
        forecast.forecast,
        training=True,
        describe=learning_caption.forecast,
        full=forecast.full_of,
    ),
    View("recall", recall.recall, training=True, describe=learning_caption.recall),
    View(
        "readout",
        recall.readout,
        training=True,
        still=True,
        describe=learning_caption.describe_readout,
    ),
    View("probe", probe.probe, describe=learning_caption.describe_probe),
    View("table", learning_table.race, training=True, describe=learning_caption.race, subject=Race),
    View(
        "table",
        learning_table.forecast,
        training=True,
        describe=learning_caption.forecast,
        full=learning_table.full_of,
        subject=Forecast,
    ),
    View(
        "curve", learning.curve, training=True, describe=learning_caption.forecast, subject=Forecast
    ),
    View("curve", learning.curve, training=True, describe=learning_caption.recall, subject=Recall),
    View("curve", learning.curve, training=True, describe=written.describe, subject=Dictation),
)
