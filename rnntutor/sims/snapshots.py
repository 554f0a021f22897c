"""Make the trained weights and prepared runs that the simulations show: assets/weights/NAME.npz.

    python -m rnntutor.sims.snapshots [NAME …]

The same seed gives the same bits on the same machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from rnntutor.package_data import assets_dir
from rnntutor.sims.makers import MAKERS, maker


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
