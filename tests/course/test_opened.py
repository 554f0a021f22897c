"""Any file can be opened as a lesson: nothing is an error, and nothing in it is executed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from opened_text import WORDS, opened, titles
from strategies import any_text

from rnntutor.course.blocks import (
    Break,
    CodeBlock,
    Heading,
    Listing,
    Maths,
    Paragraph,
    Picture,
    Text,
)
from rnntutor.course.errors import CourseError
from rnntutor.course.opened import reading
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.folder import documents
from rnntutor.course.opened.lesson import open_document, open_documents, open_file
from rnntutor.course.opened.reading import DocumentReader
from rnntutor.render.prose import Context, lay_out
from rnntutor.spans import plain


def test_one_top_heading_is_the_title() -> None:
    lesson = opened("# A\n\nfirst\n\n## B\n\nb\n\n#### deep\n\n## C\n\n### D\n")
    assert lesson.title == (Text("A"),)
    assert lesson.opening == (Paragraph((Text("first"),)),)
    assert titles(lesson) == ["B", "D"]
    assert [s.depth for s in lesson.steps] == [0, 1]
    assert lesson.steps[1].part == (Text("C"),)
    assert lesson.steps[0].prose[1] == Heading(4, (Text("deep"),))
    assert [s.line for s in lesson.steps] == [5, 13]
    assert lesson.questions == ()


def test_several_top_headings_are_the_steps() -> None:
    lesson = opened("# A\n\n# B\n\n## under b\n")
    assert lesson.title == (Text("notes.md"),)
    assert titles(lesson) == ["A", "under b"]
    assert lesson.steps[1].part == (Text("B"),)


@pytest.mark.parametrize("text", ["", "only text\n", "- a\n- b\n"])
def test_without_headings_there_is_one_step(text: str) -> None:
    lesson = opened(text)
    assert titles(lesson) == ["notes.md"]
    assert lesson.opening == ()


def test_lessons_marks_mean_nothing() -> None:
    lesson = opened("{term:x} {{ b }} ** $5 and $6\n")
    assert lesson.steps[0].prose == (Paragraph((Text("{term:x} {{ b }} ** $5 and $6"),)),)


def test_html_leaves_its_text_and_its_pictures() -> None:
    lesson = opened(
        '<div align="center">\n<b>Hello</b> <img src="a/cat.png" alt="A cat">\n</div>\n'
    )
    assert lesson.steps[0].prose == (
        Paragraph((Text("Hello", strong=True),)),
        Picture("A cat", "a/cat.png"),
    )
    assert opened("<script>\nalert(1)\n</script>\n").steps[0].prose == ()
    assert opened("<!-- a\n\nb -->\n").steps[0].prose == ()


def test_a_list_behind_a_picture_stays_a_list() -> None:
    text = '- <img src="a.png" alt="x y">\n  - under\n'
    (listing,) = opened(text).steps[0].prose
    assert isinstance(listing, Listing)
    picture, inner = listing.items[0]
    assert picture == Picture("x y", "a.png")
    assert isinstance(inner, Listing)


@pytest.mark.parametrize(
    "alt",
    ["Screenshot 2025-12-05 at 10.52.28 PM", "IMG_0412", "shot.png", "shot", "", "스크린샷 2025"],
)
def test_a_name_given_by_a_program_is_no_caption(alt: str) -> None:
    (picture,) = opened(f"![{alt}](<./assets/shot.png>)\n").steps[0].prose
    assert picture == Picture("picture shot.png", "./assets/shot.png")


def test_only_web_addresses_are_links() -> None:
    (paragraph,) = opened("[a](file:///x) [b](ssh://y) [c](https://z)\n").steps[0].prose
    assert isinstance(paragraph, Paragraph)
    links = [t.link.target for t in paragraph.inline if isinstance(t, Text) and t.link]
    assert links == ["https://z"]


def test_controls_are_visible() -> None:
    (code,) = opened("```\n\x1b]52;c;x\x07\n```\n").steps[0].prose
    assert code == CodeBlock("␛]52;c;x␇")


def test_encodings(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for data in (
        "가나".encode("cp949"),
        "가나".encode("utf-16"),
        b"\xef\xbb\xbf" + "가나".encode(),
    ):
        file.write_bytes(data)
        assert open_file(file, "ko", WORDS).steps[0].prose == (Paragraph((Text("가나"),)),)


def test_a_guess_is_said_before_the_text(tmp_path: Path) -> None:
    said = Paragraph((Text(WORDS("course.read.guessed", encoding="CP1252"), em=True),))
    for name, text in (("a.txt", "été\n"), ("a.md", "été\n"), ("b.md", "# été\n\n## à\n\nx\n")):
        (tmp_path / name).write_bytes(text.encode("cp1252"))
        lesson = open_file(tmp_path / name, "en", WORDS)
        assert (lesson.opening or lesson.steps[0].prose)[0] == said
        (tmp_path / name).write_text(text, encoding="utf-8")
        lesson = open_file(tmp_path / name, "en", WORDS)
        assert said not in (*lesson.opening, *lesson.steps[0].prose)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="missing"):
        open_file(tmp_path / "gone.md", "ko", WORDS)
    with pytest.raises(CourseError, match="no_file"):
        open_file(tmp_path, "ko", WORDS)
    file = tmp_path / "a.png"
    file.write_bytes(b"\x89PNG\0\0")
    with pytest.raises(CourseError, match="binary"):
        open_file(file, "ko", WORDS)


@given(any_text())
def test_any_text_opens(text: str) -> None:
    assert opened(text).steps


def test_front_matter_is_no_text() -> None:
    for front in (
        '---\ntitle: "My Note"\nauthors:\n  - name: Kim\ndate: 2024-05-01\n---\n',
        '+++\ntitle = "My Note"\nauthors = ["Kim"]\ndate = "2024-05-01"\n+++\n',
        '{"title": "My Note", "author": "Kim", "date": "2024-05-01"}\n',
    ):
        lesson = opened(f"{front}\n## One\n\nA\n\n## Two\n\nB\n")
        assert lesson.title == (Text("My Note"),)
        assert lesson.opening == (Paragraph((Text("Kim · 2024-05-01", em=True),)),)
        assert titles(lesson) == ["One", "Two"]
    # Words between two rules are words.
    assert opened("---\nHello there\n---\n").steps[0].prose


def test_underlined_and_html_headings_count() -> None:
    lesson = opened("Top\n===\n\nOne\n---\n\na\n\n<h2>Two</h2>\n\n```\n# no heading\n```\n")
    assert lesson.title == (Text("Top"),)
    assert titles(lesson) == ["One", "Two"]
    assert lesson.steps[1].prose == (CodeBlock("# no heading"),)


def test_a_long_section_goes_on_on_further_pages() -> None:
    body = "".join(f"word{n} " * 20 + "\n\n" for n in range(300))
    lesson = opened(f"# T\n\n## A\n\n{body}## B\n\nb\n")
    assert titles(lesson)[0].startswith("A") and titles(lesson)[-1] == "B"
    assert [s.depth for s in lesson.steps] == [0] + [-1] * (len(lesson.steps) - 2) + [0]
    said = " ".join(
        t.text
        for s in lesson.steps
        for b in s.prose
        if isinstance(b, Paragraph)
        for t in b.inline
        if isinstance(t, Text)
    )
    assert all(f"word{n} " in said for n in range(300))


def test_lines_of_a_text_file_stay() -> None:
    verse = "Roses are red,\nViolets are blue.\n\n# no heading\nName      Value\n"
    first, second = open_document(Document("a.txt", verse), "en", WORDS).steps[0].prose
    assert first == Paragraph((Text("Roses are red,"), Break(), Text("Violets are blue.")))
    assert isinstance(second, Paragraph)
    assert second.inline[0] == Text("# no heading")
    assert second.inline[2] == Text("Name\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0Value")


def test_commands_of_the_file_are_obeyed() -> None:
    text = (
        "$$\n\\newcommand{\\R}{\\mathbb{R}}\n\\newcommand{\\v}[1]{\\hat{#1}}\n$$\n\n"
        "$\\v{x}\\in\\R$\n"
    )
    paragraph = opened(text).steps[0].prose[-1]
    assert paragraph == Paragraph((Maths("{\\hat{x}}\\in\\mathbb{R}"),))


def test_a_directory_is_read_in_the_order_of_its_own_contents(tmp_path: Path) -> None:
    for name, text in (
        ("10.md", "# Ten\n\nt\n"),
        ("2.md", "# Two\n\n## A\n\n### B\n"),
        ("x.png", ""),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.md").write_text("# hidden\n", encoding="utf-8")
    names = [document.name for document in documents([tmp_path])]
    assert names == ["2.md", "10.md"]
    lesson = open_documents(documents([tmp_path]), "notes", "en", WORDS)
    assert lesson.title == (Text("notes"),)
    assert lesson.steps[0].part == (Text("Two"),)
    assert titles(lesson)[-1] == "Ten" or lesson.steps[-1].prose
    for contents, text in (
        ("mkdocs.yml", "nav:\n  - Ten: 10.md\n  - Two: 2.md\n"),
        ("SUMMARY.md", "- [Ten](10.md)\n- [Two](./2.md)\n"),
        ("_toc.yml", "root: 10\nchapters:\n- file: 2\n"),
    ):
        (tmp_path / contents).write_text(text, encoding="utf-8")
        assert [document.name for document in documents([tmp_path])] == ["10.md", "2.md"]
        (tmp_path / contents).unlink()
    (tmp_path / "empty").mkdir()
    with pytest.raises(CourseError, match="no_texts"):
        documents([tmp_path / "empty"])


def test_a_heading_that_needs_no_parser_is_read_as_the_parser_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = (
        "1. RNN (1): 시퀀스", "LSTM & GRU", "11강. RNN(1)", "what?  Why!", "«Сети» – и/или",
        "AT&T", "&amp; co", "x < y", "`code` a", "h_t", "*a* b", "$x$ and y", "[a](b)", "C#",
        "see https://a.b/c", "1) a, b; c", "it's \"so\"", "{#id} a", "==a==", "50%", "^up^",
    )  # fmt: skip
    reader = DocumentReader("notes.md", WORDS)
    found = [reader.title(text) for text in said]
    monkeypatch.setattr(reading, "_PLAIN", re.compile(r"(?!)"))
    assert found == [reader.title(text) for text in said]


def test_pictures_beside_the_words_of_a_heading_go() -> None:
    badge = "[![build](https://a.b/c.svg)](https://a.b)"
    lesson = opened(
        f"# Name &middot; {badge} {badge}\n\n## ![Logo](a.png)\n\nx\n\n## <img src='a'> B\n"
    )
    assert lesson.title == (Text("Name"),)
    assert titles(lesson) == ["Logo", "B"]


def test_a_beginning_that_is_longer_than_a_page_goes_on_on_the_next() -> None:
    lesson = opened("# T\n\n" + "x" * 100_000 + "\n\nlast\n\n## A\n\na\n")
    assert len(str(lesson.opening)) < 20_000
    assert titles(lesson)[0] == "T  2/7" and titles(lesson)[-1] == "A"
    assert [s.depth for s in lesson.steps] == [0, -1, -1, -1, -1, -1, 0]
    assert len({s.id for s in lesson.steps}) == 7
    pages = (lesson.opening, *(s.prose for s in lesson.steps))
    words = [plain(row) for blocks in pages for row in lay_out(blocks, 60, Context(WORDS))]
    assert "".join(words).count("x") == 100_000 and "last" in words
