"""The questions of a stage: predictions, the reason for a missed one, the next move of a game."""

from __future__ import annotations

from rnntutor.course.sim_spec import PredictChoice
from rnntutor.session import because, playing, predicting
from rnntutor.tui.screens.simulation import SimulationScreen


class PredictingScreen(SimulationScreen):
    """The commands that answer a stage's questions by a choice; numbers are typed (`entry`)."""

    def do_skip(self, key: str) -> None:
        """Skip the prediction."""
        self.set_stage(predicting.skip(self.stage))

    def do_predict(self, key: str) -> None:
        """Predict the option with the number of the key."""
        prediction = self.stage.prediction
        if prediction is not None and isinstance(prediction.spec, PredictChoice):
            self.set_stage(predicting.predict(self.stage, int(key) - 1))

    def do_because(self, key: str) -> None:
        """Choose the reason with the number of the key."""
        self.set_stage(because.choose(self.stage, int(key) - 1))

    def do_because_read(self, key: str) -> None:
        """Continue after reading the explanation of the chosen reason."""
        self.set_stage(because.read(self.stage))

    def do_decide(self, key: str) -> None:
        """Make the decision of the key at the current step."""
        self.set_stage(playing.decide(self.stage, int(key)))
