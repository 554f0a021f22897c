"""Korean particles, which depend on how the word or number before them is read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Particles with two forms, chosen by the final sound of the word before them. After a number that
# is only known when it is drawn, either form may be wrong. "이다" and "이었다" are no particles.
_PARTICLE = re.compile(
    r"\}\}\$?(?P<particle>(?:으로|은|는|이|가|을|를|과|와|로)(?:의|는|도|만|서|써|부터)?)(?![가-힣])"
)


def particles_after_slots(line: str) -> Iterator[str]:
    """The particles that stand straight after a `{{ path }}`, also after its formula's `$`."""
    yield from (match["particle"] for match in _PARTICLE.finditer(line))
