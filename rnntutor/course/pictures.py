"""The captions of pictures, shown in a terminal instead of the pictures."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from rnntutor.course.blocks import Picture
from rnntutor.words import Words

# Automatic names of pictures: "Screenshot 2025-12-05 at 10.52", "IMG_0412".
_NAMELESS = re.compile(
    r"(screen ?shot|screen capture|image|img|picture|photo|untitled|clipboard|"
    r"스크린샷|화면 ?캡처|캡처|그림|이미지|사진|무제)?[\s_-]*[\d\s.,:()_-]*"
    r"(at[\s\d.:-]*)?([ap]m|오[전후])?[\s\d.:-]*(\.\w{3,4})?",
    re.IGNORECASE,
)


def picture(alt: str, source: str, words: Words) -> Picture:
    """Return the picture at `source`, captioned by its `alt` text if that is meaningful."""
    alt = " ".join(alt.split())
    name = PurePosixPath(re.split(r"[?#]", source.replace("\\", "/"))[0]).name
    named = alt not in (name, PurePosixPath(name).stem)
    if alt and named and (len(alt) > 80 or not _NAMELESS.fullmatch(alt)):
        return Picture(alt, source)
    return Picture(
        words("course.picture", name=name) if name else words("course.picture_plain"), source
    )
