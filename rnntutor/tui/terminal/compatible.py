"""The private parts of Textual used by the tutor, and a check that they exist.

`docs/textual.md` explains their use. If a name is missing, the tutor runs on plain Textual with the
same functions, but repaints more than necessary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.driver import Driver

# Class -> names of its methods and of attributes set in its __init__.
SCREEN: Mapping[str, tuple[str, ...]] = {
    "textual.app:App": (
        *("_driver", "_batch_count", "_exception", "_return_code", "_display"),
        *("_close_messages_no_wait", "_handle_exception"),
        *("_disable_tooltips", "_disable_notifications"),
    ),
    "textual.screen:Screen": (
        *("_compositor", "_refresh_layout", "_compositor_refresh"),
        *("_result_callbacks", "_push_result_callback", "_callbacks"),
    ),
    "textual.widget:Widget": (
        *("_layout_required", "_repaint_required", "_nodes", "_exchange_repaint_regions"),
        *("_layout_updates", "_clear_arrangement_cache"),
    ),
    "textual.message_pump:MessagePump": ("_context", "_dispatch_message"),
    "textual.widgets:Input": ("_cell_offset_to_index",),
    "textual._compositor:Compositor": ("update_widgets", "visible_widgets"),
    "textual._compositor:ChopsUpdate": ("render_segments", "spans", "chops", "chop_ends"),
    "textual._compositor:LayoutUpdate": ("render_segments", "strips", "region"),
    "rich.console:Console": ("_color_system",),
}
DRIVER: Mapping[str, tuple[str, ...]] = {
    "textual._parser:ParseError": (),
    "textual._xterm_parser:XTermParser": ("_timeout_time",),
    "textual.drivers.linux_driver:LinuxDriver": (
        *("_file", "_debug", "_must_signal_resume", "_get_terminal_size"),
        *("_sigtstp_application", "_sigcont_application", "_run_input_thread"),
    ),
}


@cache
def compatible() -> bool:
    """Return whether all names in SCREEN exist."""
    return not any(missing(SCREEN))


@cache
def driver_compatible() -> bool:
    """Return whether all names in DRIVER exist."""
    return not any(missing(DRIVER))


def patched_driver(driver: type[Driver]) -> type[Driver]:
    """Return Textual's Unix driver with the tutor's fixes; other or unknown drivers unchanged."""
    if not hasattr(driver, "_sigtstp_application") or not driver_compatible():
        return driver
    from rnntutor.tui.terminal.unix_driver import UnixDriver

    return cast("type[Driver]", type("UnixDriver", (UnixDriver, driver), {}))


def missing(names: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the names that the installed Textual lacks."""
    for path, own in names.items():
        module, _, name = path.partition(":")
        try:
            found = getattr(import_module(module), name, None)
        except ImportError:
            found = None
        if found is None:
            yield path
        else:
            yield from (f"{path}.{n}" for n in own if not _has(found, n))


def _has(found: type, name: str) -> bool:
    """Return whether a class has an attribute or uses the name in a constructor."""
    makers = (vars(base).get("__init__") for base in found.__mro__)
    return hasattr(found, name) or any(
        name in maker.__code__.co_names for maker in makers if isinstance(maker, FunctionType)
    )
