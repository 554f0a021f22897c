"""Make the trained weights and prepared runs that the simulations show: assets/weights/NAME.npz.

    python -m rnntutor.sims.snapshots [NAME …]

The same seed gives the same bits on the same machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnntutor.assets import languages
from rnntutor.package_data import assets_dir

Maker = Callable[[Callable[[float], None]], Mapping[str, NDArray[Any]]]

# File -> the function that makes it, as module:name, with what it is given first: module:name:what.
# It is told where to report the share done.
MAKERS: Mapping[str, str] = {
    "memory": "memory:snapshot",
    "sentiment": "order.sentiment:snapshot",
    "tags": "types.tags:snapshot",
    "captions": "types.pictures:snapshot",
    "dates": "common.translate:snapshot:dates",
    "digits": "common.translate:snapshot:digits",
    "be_the_cell": "be_the_cell.training:snapshot",
    **{f"text_{lang}": f"text.prepared:snapshot:{lang}" for lang in languages("text")},
}


def maker(name: str) -> Maker:
    """Return the function that makes a snapshot.

    Raises:
        KeyError: there is no such snapshot.
    """
    module, function, *what = MAKERS[name].split(":")
    found = getattr(import_module(f"{__package__}.{module}"), function)
    return partial(found, *what)


def make(name: str, tell: Callable[[float], None]) -> None:
    """Write one snapshot.

    Args:
        name: the snapshot.
        tell: called with the share done, from 0 to 1.
    """
    arrays = maker(name)(tell)
    file = assets_dir() / "weights" / f"{name}.npz"
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    with unfinished.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **arrays)
    unfinished.replace(file)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command, printing the progress of each snapshot."""
    parser = argparse.ArgumentParser(prog="python -m rnntutor.sims.snapshots", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MAKERS))
    names = parser.parse_args(arguments).names or list(MAKERS)
    for name in names:
        if name not in MAKERS:
            parser.error(f"{name}: there are {', '.join(MAKERS)}")
    for name in names:
        make(name, partial(_tell, name))
        print()


def _tell(name: str, share: float) -> None:
    print(f"\r{name}  {share:4.0%}", end="", flush=True)


if __name__ == "__main__":
    main()
