"""Parse a ```sim block into a SimSpec."""

from __future__ import annotations

from rnntutor.course.claims import ClaimedRun
from rnntutor.course.runs import read_run
from rnntutor.course.sim_spec import Because, PredictChoice, PredictNumber, PredictOption, SimSpec
from rnntutor.course.toml import TomlBlock, parse

_SIM = ("use", "controls", "views", "focus", "cursor", "predict", "do", "goal", "say", "runs")


def read_sim(block: TomlBlock) -> SimSpec | None:
    """Parse the simulation of a step; return None if the block is unusable."""
    table = parse(block.source, block.line, block.report)
    if table is None:
        return None
    use = block.string(table, "use")
    if not use:
        block.report.add_problem(block.line, "sim_use")
        return None
    cursor = table.get("cursor", 0)
    if not isinstance(cursor, int) or isinstance(cursor, bool) or cursor < 0:
        block.wrong("cursor", "step")
        cursor = 0
    settings = other_settings(block, table, _SIM)
    return SimSpec(
        use=use,
        settings=settings,
        controls=block.strings(table, "controls"),
        views=block.strings(table, "views"),
        focus=block.strings(table, "focus"),
        cursor=cursor,
        predict=_predict(block, table),
        do=block.conditions(table, "do"),
        goal=block.conditions(table, "goal"),
        said=block.sentence(table, "say"),
        runs=_runs(block, table, (use, settings)),
        line=block.line,
    )


def other_settings(
    block: TomlBlock, table: dict[str, object], own: tuple[str, ...]
) -> tuple[tuple[str, object], ...]:
    """Return the settings of the simulation or model: all keys of the table not in `own`."""
    out = []
    for key, value in table.items():
        if key in own:
            continue
        if isinstance(value, dict):
            block.report.add_problem(block.line_of(key), "setting_table", name=key)
        else:
            out.append((key, value))
    return tuple(out)


def _runs(
    block: TomlBlock, table: dict[str, object], base: tuple[str, tuple[tuple[str, object], ...]]
) -> tuple[ClaimedRun, ...]:
    """Parse `runs = ["updates=500: ratio < 0.6"]`: runs of this simulation with these settings."""
    found = (
        read_run(text, block.line_of_text(text, "runs"), block.report, base)
        for text in block.strings(table, "runs")
    )
    return tuple(run for run in found if run is not None)


def _predict(block: TomlBlock, table: dict[str, object]) -> PredictNumber | PredictChoice | None:
    predict = table.get("predict")
    if predict is None:
        return None
    if not isinstance(predict, dict):
        block.wrong("predict", "table")
        return None
    say = block.sentence(predict, "say")
    if "options" in predict:
        block.only(predict, ("options", "say", "because"), "predict")
        found = (_option(block, table) for table in block.tables(predict, "options"))
        options = [option for option in found if option is not None]
        if len(options) < 2:
            block.report.add_problem(block.line_of("options"), "predict_options")
            return None
        reasons = (_because(block, t, n) for n, t in enumerate(block.tables(predict, "because")))
        return PredictChoice(tuple(options), say, tuple(r for r in reasons if r is not None))
    block.only(predict, ("ask", "atol", "wrong", "say"), "predict")
    ask = block.string(predict, "ask")
    atol = block.number(predict, "atol")
    if not ask or atol <= 0:
        block.report.add_problem(block.line_of("predict"), "predict_ask")
        return None
    return PredictNumber(ask, atol, block.wrongs(predict), say)


def _option(block: TomlBlock, table: dict[str, object]) -> PredictOption | None:
    """Parse an option of a prediction.

    Without `text`, its `say` is the text and there is no explanation.
    """
    block.only(table, ("text", "say", "when"), "options")
    when = table.get("when")
    condition = block.condition(when, "when") if isinstance(when, dict) else None
    said = block.sentence(table, "say")
    text = block.sentence(table, "text") if "text" in table else said
    if condition is None or not text:
        block.report.add_problem(block.line_of("options"), "predict_option")
        return None
    key = "text" if "text" in table else "say"
    line = block.line_with(block.string(table, key), key)
    return PredictOption(text, condition, said if key == "text" else (), line)


def _because(block: TomlBlock, table: dict[str, object], nth: int) -> Because | None:
    """Parse one of the reasons to choose from after a missed prediction."""
    block.only(table, ("text", "right", "say", "m"), "because")
    text, right = block.sentence(table, "text"), table.get("right", False)
    if not text or not isinstance(right, bool):
        block.report.add_problem(block.line_of("because", nth), "because")
        return None
    line = block.line_with(block.string(table, "text"), "text")
    return Because(text, right, block.sentence(table, "say"), block.string(table, "m"), line)
