"""Forecasting: predictable series are learned, others are not, and the numbers show this."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from sampling import sampled

from rnntutor.nn.training import Update
from rnntutor.render.views.registry import heading, view_names
from rnntutor.sims import find, forecast
from rnntutor.sims.base import SettingError, knobs
from rnntutor.sims.forecast import fit
from rnntutor.words import load

FORECAST = find("forecast")


def after(count: int, **given: object) -> Update:
    """Return the report after that many updates, without those before it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forecast, "EACH", count)
        updates = FORECAST.updates(FORECAST.make(given))
        assert updates is not None
        return next(updates)


def ratio(count: int, **given: object) -> float:
    return after(count, **given).metrics["ratio"]


@pytest.mark.parametrize("series", ["sine", "two-sines", "sawtooth"])
def test_what_has_a_rule_is_learned_within_ten_seconds(series: str) -> None:
    """500 updates are 20 reports."""
    assert ratio(500, series=series) < 0.15


@pytest.mark.parametrize(
    ("units", "updates"), sampled([(8, 500), (8, 1000), (32, 1000)], lambda case: case == (8, 500))
)
@pytest.mark.parametrize("series", ["walk", "coin"])
def test_what_has_none_stays_at_the_baseline_whatever_the_units(
    series: str, units: int, updates: int
) -> None:
    assert 0.93 < ratio(updates, series=series, units=units) < 1.15


def test_the_baseline_is_the_better_of_the_two_that_need_no_net() -> None:
    for series in ("sine", "walk", "coin"):
        metrics = after(25, series=series).metrics
        assert metrics["baseline"] == min(metrics["repeat"], metrics["mean"])
        assert metrics["ratio"] == pytest.approx(metrics["error"] / metrics["baseline"])
    assert after(25, series="coin").metrics["mean"] < after(25, series="coin").metrics["repeat"]


def test_one_value_back_does_not_tell_up_from_down_and_two_do() -> None:
    """A sine continues as x_{t+1} = 2 cos(ω) x_t − x_{t-1}, which needs two values."""
    assert ratio(300, series="sine", context=1) > 0.8
    assert ratio(300, series="sine", context=2) < 0.2


def test_the_smallest_net_that_learns_two_sines_has_two_units() -> None:
    assert ratio(600, series="two-sines", units=1, lr=0.01) > 0.25
    assert ratio(600, series="two-sines", units=2, lr=0.01) < 0.15


def test_a_walk_is_copied_one_step_late() -> None:
    """The forecast is close to the last value, not to the next one."""
    trace = after(500, series="walk").trace
    assert trace is not None
    y, x = np.asarray(trace["y"])[:, 0], np.asarray(trace["x"])[:, 0]
    value = np.asarray(trace["value"])
    assert np.abs(y - x).mean() < 0.5 * np.abs(value - x).mean()


def test_what_is_shown_and_judged_was_not_trained_on() -> None:
    """The displayed series comes from a random stream of its own."""
    first, second = (FORECAST.trace(FORECAST.make({"seed": seed})) for seed in (1, 2))
    assert not np.allclose(np.asarray(first["value"]), np.asarray(second["value"]))


def test_the_forecasts_fit_the_series_they_stand_beside() -> None:
    trace = FORECAST.trace(FORECAST.make({"series": "walk"}))
    x, value = np.asarray(trace["x"])[:, 0], np.asarray(trace["value"])
    np.testing.assert_allclose(x[1:], value[:-1])
    assert trace.steps == len(value) == len(trace.labels)


def test_the_same_seed_gives_the_same_forecasts() -> None:
    first, second = (after(50, series="two-sines", seed=3) for _ in range(2))
    assert first.metrics == second.metrics
    assert first.trace is not None and second.trace is not None
    np.testing.assert_array_equal(np.asarray(first.trace["y"]), np.asarray(second.trace["y"]))


def test_noise_sets_a_floor() -> None:
    assert after(300, series="sine", noise=0.2).metrics["error"] > 0.2


@pytest.mark.parametrize("given", [{"series": "cosine"}, {"context": 0}, {"units": 33}, {"T": 5}])
def test_what_cannot_be_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        FORECAST.make(given)


def test_a_training_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    assert forecast.MOST == 2000
    monkeypatch.setattr(forecast, "MOST", 150)
    settings = FORECAST.make({"series": "coin", "units": 1, "context": 1})
    steps = [report.step for report in FORECAST.updates(settings)]  # type: ignore[misc]
    assert steps == [25, 50, 75, 100, 125, 150]


def test_everything_has_its_words() -> None:
    settings = FORECAST.make({})
    for lang in ("ko", "en"):
        words = load(lang)
        assert all(
            heading(spec, words) and spec in view_names() for spec in FORECAST.views(settings)
        )
        for name, knob in knobs(FORECAST.settings).items():
            assert knob.symbol or f"knob.{name}" in words, name
        assert {f"measure.{name}" for name in FORECAST.measures} <= set(words.table())


def test_measures_say_what_the_reports_say() -> None:
    report = after(25)
    assert report.trace is not None
    for name in ("error", "baseline", "ratio"):
        measured = FORECAST.measures[name](FORECAST.make({}), report.trace)
        assert measured == report.metrics[name]


def test_a_long_training_is_never_long_between_reports() -> None:
    """For any settings a report takes few updates."""
    settings = FORECAST.make({"cell": "lstm", "units": 32, "context": 40})
    updates = FORECAST.updates(settings)
    assert [r.step for r in itertools.islice(updates, 1)] == [25]  # type: ignore[arg-type]


@pytest.mark.long
def test_over_five_seeds() -> None:
    """Series with a rule are learned with every seed, others with none."""
    for seed in range(5):
        assert ratio(2000, series="sine", seed=seed) < 0.1
        assert ratio(2000, series="two-sines", seed=seed) < 0.1
        assert ratio(2000, series="two-sines", units=1, seed=seed) > 0.25
        assert ratio(2000, series="sawtooth", seed=seed) < 0.2
        assert ratio(2000, series="walk", units=32, seed=seed) > 0.95
        assert ratio(2000, series="coin", units=32, seed=seed) > 0.95


# ---- on its own output ----------------------------------------------------------------------

FEW: dict[str, object] = {"series": "two-sines", "noise": 0.5, "units": 16, "lr": 0.01}


def test_on_its_own_output_a_forecast_flattens_where_the_past_tells_little() -> None:
    """Five noisy values say less about the phase than twenty, in the same series with the
    same net."""
    few, many = (after(300, context=n, **FEW).metrics for n in (5, 20))
    assert few["true_spread"] > 0.6
    assert few["free_spread"] < 0.1
    assert many["free_spread"] > 0.3


def test_a_coin_is_forecast_by_its_mean_and_stays_there() -> None:
    metrics = after(200, series="coin").metrics
    assert metrics["free_spread"] < 0.1 < metrics["true_spread"]


def test_a_forecast_on_its_own_output_reads_nothing_else() -> None:
    """In each window the forecast is appended and the oldest value dropped, as done here by
    hand."""
    settings = FORECAST.make({**FEW, "context": 5})
    update = after(25, **{**FEW, "context": 5})
    assert update.trace is not None
    one = fit(settings)
    for _ in range(25):
        one.update()
    x, y, free = (np.asarray(update.trace[name]) for name in ("x", "y", "free"))
    border = int(float(update.trace["free_from"]))
    np.testing.assert_allclose(free[:border], y[:border, 0])
    assert free[border] == pytest.approx(
        y[border, 0], abs=1e-6
    )  # up to here it has read true values only
    values = [*x[: border + 1, 0], *free[border:]]
    for t in range(border + 1, len(free)):
        window = np.array(values[t - 4 : t + 1], np.float32)[:, None, None]
        assert one.model.forward(window)[0, 0] == pytest.approx(free[t], abs=1e-5)
