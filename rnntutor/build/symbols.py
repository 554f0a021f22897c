"""LaTeX symbols of the exercises' quantities, in the letters of the lessons."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from rnntutor.build.formulas import latex

_GATES = ("f", "i", "o", "g", "r", "z", "n")
_KEY = re.compile(r"(?P<name>\w+)(?:\[(?P<t>\d+)\])?")

SHARED: Mapping[str, str] = {
    "x": "x_t",
    "h": "h_t",
    "c": "c_t",
    "h_prev": "h_{t-1}",
    "c_prev": "c_{t-1}",
    "h0": "h_0",
    **{name: f"{name}_t" for name in _GATES},
    "n": r"\tilde h_t",
    "a": "a_t",
    "wx": "Wx_t",
    "uh": "Uh_{t-1}",
    **{f"a_{k}": f"a_{k}" for k in _GATES},
    **{f"wx_{k}": f"W_{k}x_t" for k in _GATES},
    **{f"uh_{k}": f"U_{k}h_{{t-1}}" for k in _GATES},
    "b_nU": "b_{nU}",
    "fc": r"f_t\odot c_{t-1}",
    "ig": r"i_t\odot g_t",
    "tanh_c": r"\tanh(c_t)",
    "r_uh": r"r_t\odot(U_nh_{t-1}+b_{nU})",
    "zh": r"z_t\odot h_{t-1}",
    "zn": r"(1-z_t)\odot\tilde h_t",
    # d… is the gradient of the loss, as in the lessons
    "dh": "dh_t",
    "dc": "dc_t",
    "dx": "dx_t",
    "da": "da_t",
    "dh_prev": "dh_{t-1}",
    "dc_prev": "dc_{t-1}",
    "dc_next": "dc_{next}",
    "dh_next": "dh_{next}",
    "dh_loss": "dh^{loss}_t",
    "dW_term": r"da_t\,x_t^\top",
    "dU_term": r"da_t\,h_{t-1}^\top",
    "dW_later": "dW_{next}",
    "dU_later": "dU_{next}",
    "db_later": "db_{next}",
    "nothing": "0",
}
_SOFTMAX = {
    "shifted": r"y-\max y",
    "e": r"e^{y-\max y}",
    "total": r"\sum_j e^{y_j-\max y}",
    "p": "p",
    "y": "y",
}
OWN: Mapping[str, Mapping[str, str]] = {
    "sigmoid": {"a": "a", "s": r"\sigma(a)", "value": r"\sigma(a)"},
    "softmax_loss": {
        **_SOFTMAX,
        "loss": "L",
        "dy": "dy",
        "right": "[k=target]",
        "target": "target",
    },
    "clip_by_norm": {
        **{f"gradients_{n}": f"g_{n}" for n in (1, 2, 3)},
        **{f"square_{n}": rf"\lVert g_{n}\rVert^2" for n in (1, 2, 3)},
        **{f"clipped_{n}": rf"\hat g_{n}" for n in (1, 2, 3)},
        "total": r"\lVert g\rVert^2",
        "norm": r"\lVert g\rVert",
        "scale": r"\min(1,\ \theta/\lVert g\rVert)",
        "limit": r"\theta",
    },
    "merge": {
        "forward": r"\overrightarrow{h}",
        "backward": r"\overleftarrow{h}",
        "aligned": r"\overleftarrow{h}_t",
        "m": "m_t",
    },
    "sample": {
        "y": "y",
        "temperature": r"\tau",
        "u": "u",
        "scaled": r"y/\tau",
        "shifted": r"y/\tau-\max(y/\tau)",
        "e": r"e^{y/\tau-\max(y/\tau)}",
        "total": r"\sum_j e^{y_j/\tau-\max(y/\tau)}",
        "p": "p",
        "up_to": r"p_0+\dots+p_k",
        "k": "k",
    },
    "attend": {
        "a": "a_s",
        "shifted": r"a-\max a",
        "e": r"e^{a-\max a}",
        "total": r"\sum_j e^{a_j-\max a}",
        "alpha": r"\alpha_s",
        "m": "m",
        "q": "q",
        "h": "h_s",
    },
}


def symbols(exercise: str) -> Mapping[str, str]:
    """Return name -> LaTeX for the formulas of an exercise."""
    return {**SHARED, **OWN.get(exercise, {})}


def symbol(exercise: str, key: str) -> str:
    """Return the LaTeX of a quantity: c_t for `c`, h_2 for `h[2]` (step 2), dW_f for `dW_f`."""
    match = _KEY.fullmatch(key)
    if match is None:
        return key
    name, t = match["name"], match["t"]
    text = symbols(exercise).get(name, name)
    if not t:
        return text
    step = int(t)
    text = text.replace("{t-1}", str(step - 1)).replace("_t", f"_{step}")
    return text if "_" in text or "^" in text else f"{text}_{step}"


def to_latex(exercise: str, tree: ast.expr) -> str:
    """Return a part of a formula as LaTeX."""
    return latex(tree, symbols(exercise))
