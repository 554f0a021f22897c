"""Build hook of the wheel: generates the manual page and completions from the command table."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hook that adds the files that belong under a system's prefix to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and register them with the builder."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from rnntutor.cli import manual

        share = Path(self.directory) / "share"
        manual.write(share)
        shared = build_data["shared_data"]
        for file in share.rglob("*"):
            if file.is_file():
                shared[str(file)] = f"share/{file.relative_to(share).as_posix()}"
