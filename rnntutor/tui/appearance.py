"""The theme of the application and the animation setting."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rnntutor.render.theme import THEMES
from rnntutor.session.start import motion
from rnntutor.tui.navigation import Navigation


class Appearance:
    """The current theme and whether runs are animated.

    Attributes:
        theme_name: name of the current theme.
        motion: whether runs and training runs are animated.
    """

    def __init__(self, app: Navigation) -> None:
        self._app = app
        self.theme_name = "dark"
        self.motion = True

    def take(self, settings: Mapping[str, object]) -> None:
        """Apply the learner's settings."""
        self._set_theme(str(settings.get("theme", "dark")))
        self.motion = motion(os.environ, settings)

    def _set_theme(self, name: str) -> None:
        self.theme_name = name if name in THEMES else "dark"
        self._app.theme = "textual-light" if self.theme_name == "light" else "textual-dark"

    def surfaces(self) -> tuple[str, str]:
        """Return the background colours of page and stage."""
        theme = THEMES[self.theme_name]
        return theme.page, theme.stage

    def next_theme(self) -> None:
        """Switch all screens to the next theme."""
        app, names = self._app, list(THEMES)
        self._set_theme(names[(names.index(self.theme_name) + 1) % len(names)])
        app.tutor.record("setting", name="theme", value=self.theme_name)
        for screen in app.tutor_screens():
            screen.restyle()
        app.repaint()

    def switch_motion(self) -> None:
        """Turn animation on or off."""
        app = self._app
        self.motion = not self.motion
        app.tutor.record("setting", name="motion", value="on" if self.motion else "off")
        app.tutor.say(app.words("status.moving" if self.motion else "status.still"))
