"""The theme that the application wears, and whether its runs are seen moving."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rnntutor.render.theme import THEMES
from rnntutor.session.start import motion
from rnntutor.tui.navigation import Navigation


class Appearance:
    """look: the present theme's name. motion: whether runs and trainings are seen moving."""

    def __init__(self, app: Navigation) -> None:
        self._app = app
        self.look = "dark"
        self.motion = True

    def take(self, settings: Mapping[str, object]) -> None:
        """Look as the learner's settings have it."""
        self._wear(str(settings.get("theme", "dark")))
        self.motion = motion(os.environ, settings)

    def _wear(self, look: str) -> None:
        self.look = look if look in THEMES else "dark"
        self._app.theme = "textual-light" if self.look == "light" else "textual-dark"

    def surfaces(self) -> tuple[str, str]:
        """The colours of page and stage."""
        look = THEMES[self.look]
        return look.page, look.stage

    def next_theme(self) -> None:
        """Wear the theme that comes after the present one, on every screen."""
        app, names = self._app, list(THEMES)
        self._wear(names[(names.index(self.look) + 1) % len(names)])
        app.tutor.record("setting", name="theme", value=self.look)
        for screen in app.tutor_screens():
            screen.restyle()
        app.repaint()

    def switch_motion(self) -> None:
        """Still runs from here on, or moving ones."""
        app = self._app
        self.motion = not self.motion
        app.tutor.record("setting", name="motion", value="on" if self.motion else "off")
        app.tutor.say(app.words("status.moving" if self.motion else "status.still"))
