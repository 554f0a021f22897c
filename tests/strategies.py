"""Hypothesis strategies that several tests share."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

# Any text that UTF-8 can hold. The alphabet is that of `st.text()`, which finds it by trying a
# million characters with the codec: that takes four seconds in each new directory.
any_text = partial(st.text, st.characters(exclude_categories=("Cs",)))
