"""Find Korean particles that have two forms, chosen by how the preceding word is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Particles with two forms, chosen by the final sound of the word before them. After a number that
# is drawn at random, either form may be wrong. "이다" and "이었다" are not particles.
_PARTICLE = re.compile(
    r"\}\}\$?(?P<particle>(?:으로|은|는|이|가|을|를|과|와|로)(?:의|는|도|만|서|써|부터)?)(?![가-힣])"
)


def particles_after_slots(line: str) -> Iterator[str]:
    """Yield the particles directly after a `{{ path }}` or after the `$` closing its formula."""
    yield from (match["particle"] for match in _PARTICLE.finditer(line))
