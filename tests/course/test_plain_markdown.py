"""Any file as a lesson: nothing is a mistake, and nothing of it acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.course.blocks import Code, Heading, Lesson, Listing, Paragraph, Picture, Text
from rnntutor.course.errors import CourseError
from rnntutor.course.plain_markdown import open_file, open_text
from rnntutor.words import load

WORDS = load("en")


def opened(text: str) -> Lesson:
    return open_text(text, "notes.md", "en", WORDS)


def titles(lesson: Lesson) -> list[str]:
    return ["".join(t.text for t in s.title if isinstance(t, Text)) for s in lesson.steps]


def test_one_top_heading_is_the_title() -> None:
    lesson = opened("# A\n\nfirst\n\n## B\n\nb\n\n### deep\n\n## C\n")
    assert lesson.title == (Text("A"),)
    assert lesson.opening == (Paragraph((Text("first"),)),)
    assert titles(lesson) == ["B", "C"]
    assert lesson.steps[0].blocks[1] == Heading(3, (Text("deep"),))
    assert [s.line for s in lesson.steps] == [5, 11]
    assert lesson.questions == ()


def test_several_top_headings_are_the_steps() -> None:
    lesson = opened("# A\n\n# B\n\n## under b\n")
    assert lesson.title == (Text("notes.md"),)
    assert titles(lesson) == ["A", "B"]


@pytest.mark.parametrize("text", ["", "only text\n", "- a\n- b\n"])
def test_without_headings_there_is_one_step(text: str) -> None:
    lesson = opened(text)
    assert titles(lesson) == ["notes.md"]
    assert lesson.opening == ()


def test_lessons_marks_mean_nothing() -> None:
    lesson = opened("{term:x} [[a]] {{ b }} ** $5 and $6\n")
    assert lesson.steps[0].blocks == (Paragraph((Text("{term:x} [[a]] {{ b }} ** $5 and $6"),)),)


def test_html_leaves_its_text_and_its_pictures() -> None:
    lesson = opened(
        '<div align="center">\n<b>Hello</b> <img src="a/cat.png" alt="A cat">\n</div>\n'
    )
    assert lesson.steps[0].blocks == (
        Paragraph((Text("Hello"),)),
        Picture("A cat", "a/cat.png"),
    )
    assert opened("<script>\nalert(1)\n</script>\n").steps[0].blocks == ()
    assert opened("<!-- a\n\nb -->\n").steps[0].blocks == ()


def test_a_list_behind_a_picture_stays_a_list() -> None:
    text = '- <img src="a.png" alt="x y">\n  - under\n'
    (listing,) = opened(text).steps[0].blocks
    assert isinstance(listing, Listing)
    picture, inner = listing.items[0]
    assert picture == Picture("x y", "a.png")
    assert isinstance(inner, Listing)


@pytest.mark.parametrize(
    "alt",
    ["Screenshot 2025-12-05 at 10.52.28 PM", "IMG_0412", "shot.png", "shot", "", "스크린샷 2025"],
)
def test_a_name_given_by_a_program_is_no_caption(alt: str) -> None:
    (picture,) = opened(f"![{alt}](<./assets/shot.png>)\n").steps[0].blocks
    assert picture == Picture("picture shot.png", "./assets/shot.png")


def test_only_web_addresses_are_links() -> None:
    (paragraph,) = opened("[a](file:///x) [b](ssh://y) [c](https://z)\n").steps[0].blocks
    assert isinstance(paragraph, Paragraph)
    links = [t.link.target for t in paragraph.inline if isinstance(t, Text) and t.link]
    assert links == ["https://z"]


def test_controls_are_visible() -> None:
    (code,) = opened("```\n\x1b]52;c;x\x07\n```\n").steps[0].blocks
    assert code == Code("␛]52;c;x␇")


def test_encodings(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for data in (
        "가나".encode("cp949"),
        "가나".encode("utf-16"),
        b"\xef\xbb\xbf" + "가나".encode(),
    ):
        file.write_bytes(data)
        assert open_file(file, "ko", WORDS).steps[0].blocks == (Paragraph((Text("가나"),)),)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="missing"):
        open_file(tmp_path / "gone.md", "ko", WORDS)
    with pytest.raises(CourseError, match="no_file"):
        open_file(tmp_path, "ko", WORDS)
    file = tmp_path / "a.png"
    file.write_bytes(b"\x89PNG\0\0")
    with pytest.raises(CourseError, match="binary"):
        open_file(file, "ko", WORDS)


@given(st.text())
def test_any_text_opens(text: str) -> None:
    assert opened(text).steps
