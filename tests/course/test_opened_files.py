"""Files in common dialects, whole and damaged, open, fit the width and execute nothing.

The files are in `inputs`, laid out at two widths; for some the expected text is here.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from rnntutor.course import files
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.lesson import open_document, open_file
from rnntutor.render.prose import Context, lay_out
from rnntutor.spans import plain, width
from rnntutor.words import load

WORDS = load("en")
INPUTS = sorted(path for path in (Path(__file__).parent / "inputs").iterdir())
WIDTHS = (56, 76)  # widths of prose in windows of 60 and 80 cells


def seen(lesson: Lesson, cells: int) -> str:
    """Return the whole text of an opened file, and check its width."""
    context = Context(WORDS)
    blocks = [lesson.opening, *(step.prose for step in lesson.steps)]
    titles = [plain(r) for s in lesson.steps for r in lay_out_title(s, context)]
    rows = [row for each in blocks for row in lay_out(each, cells, context)]
    assert all(width(row) <= cells for row in rows)
    return "\n".join((*titles, *(plain(row) for row in rows)))


def lay_out_title(step: object, context: Context) -> tuple[tuple, ...]:  # type: ignore[type-arg]
    from rnntutor.render.prose import lay_out_inline

    return lay_out_inline(step.title, 1000, context)  # type: ignore[attr-defined]


def harmless(text: str) -> bool:
    return all(c == "\n" or (c.isprintable() or c in "\u00a0\u3000\u200d") for c in text)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_every_file_opens_and_fits(path: Path) -> None:
    lesson = open_file(path, "en", WORDS)
    narrow, wide = (seen(lesson, cells) for cells in WIDTHS)
    whole = ["".join(text.replace("↪ ", "").split()) for text in (narrow, wide)]
    assert whole[0] == whole[1] or "─" in wide


@pytest.mark.parametrize(
    ("name", "there", "gone"),
    [
        (
            "gfm.md",
            ("☑ done", "☐ open", "~old~", "[1]", "│ Note", "A footnote."),
            ("[!", "~~", "[x]"),
        ),
        (
            "gfm-html.md",
            ("• one", "• two", "a  b", "x² yₜ₋₁", "More", "Hidden text"),
            ("<", "onetwo"),
        ),
        ("obsidian-note.md", ("별칭", "강조", "그림.png", "접힌 것"), ("[[", "==", "숨김", "^abc")),
        (
            "myst.md",
            ("│ Note", "xₜ", "hₜ = f(xₜ)", "la section", "print(1)"),
            (":::", "{ref}", "toctree"),
        ),
        ("myst-figure.md", ("▨ The LSTM cell", "Warning: Careful"), ("```", ":name:")),
        ("quarto.qmd", ("A. Author", "│ Tip", "x = 1", "small text"), (":::", "{#sec", "echo")),
        ("quarto-div.qmd", ("Left", "Right"), (":::", "{.column")),
        ("pandoc.md", ("Term", "What it means", "+-----+"), ("{#id",)),
        ("jekyll.md", ("x = 1", "첫째", "알림"), ("{%", "{:", "layout")),
        ("hugo.md", ("▨ A picture", "inside", "2021-03-04"), ("{{", "+++")),
        ("hugo-json.md", ("Someone",), ("{",)),
        (
            "d2l.md",
            ("fig_lstm", "(Hochreiter.1997)", "Hₜ = Oₜ ⊙ tanh(Cₜ)"),
            (":label:", "begin_tab"),
        ),
        (
            "guide.rst",
            ("First", "xₜ", "a link", "x = 1", "hₜ = tanh(xₜ)", "2. two"),
            (".. ", "::", "`"),
        ),
        ("table.rst", ("====  ====", "▨ picture a.png"), (".. ",)),
        ("notes.org", ("Kim", "bold slanted code link", "x = 1"), ("#+", ":ID:", "[[", "*bold")),
        ("book.ipynb", ("xₜ", "print(1)", "ZeroDivisionError: division by zero"), ('"cells"',)),
        ("delims.md", ("hₜ = tanh(W xₜ) and cₜ here", "cₜ = fₜ ⊙ cₜ₋₁", "a = b"), ("\\",)),
        ("htmltable.md", ("forget  f = σ(Wx)  0..1",), ("<",)),
        ("misc.md", ("A & B <x> © π", "tokens <eos> x = 2", "10³ and hₜ and H₂O"), ("&amp", "$")),
        ("topalign.md", ("x = 1", "inline xₜ", "$5 and $6"), ("&", "\\\\", "eq:1")),
        ("tree.md", ("│   └── serde_derive v1.0",), ()),
        ("verse.txt", ("Shall I compare thee\n  to a summer day?",), ()),
        ("arabic.md", ("النص هنا قوي",), ("\ufffd", "rlm")),
        ("macros.md", ("x + \\unknown y",), ("vect", "newcommand")),
        ("fence-in-list.md", ("# not a heading",), ("```",)),
        ("euckr.md", ("은닉 상태",), ("#",)),
        ("qiita.md", ("式(eq:1)を", "fₜ = σ(W_f xₜ)", "│ タイトル", "漢字(かんじ)"), (":::", "\\")),
        ("quarto-callout.qmd", ("│ Tip: Title inside\n│\n│ Text", "Left"), (":::", "{#", "##")),
        ("marks.md", ("An LSTM", "☑ done", "Caption of the table"), ("thumb", "{#tbl", "*[HTML]")),
        ("obsidian-korean.md", ("│ 접힌 정보", "│ │ 안쪽", "강조 xₜ 안"), ("[[", "^id1", "주석")),
        ("slides.md", ("RNN slides\nSecond\nThird", "Left\n\nRight"), ("layout", "::", "h1 {")),
        (
            "russian-maths.md",
            ("Состояние hₜ зависит", "    a = b\n    c = d", "• минимизируется по θ"),
            ("\\", "equation"),
        ),
        (
            "maths-in-lines.md",
            ("$5 and $10 to $20. Also $x$", "y = 2", "│     z = 3", "a = b\n      = c"),
            ("\\", "begin"),
        ),
        ("book.org", ("Sub\n", "a  b\n────\n1  2", "cₜ = fₜ"), ("TODO", ":tag:", "|--")),
        (
            "definitions.rst",
            (
                "(see [1] and [note])",
                "Forget gate\n\n• What is",
                ">>> sigmoid(0)\n0.5",
                "second line",
            ),
            ("]_", "..", "::"),
        ),
        (
            "notion.md",
            ("게이트\n", "💡 핵심", "• ŷ를 구한다", "순환 신경망"),
            ("####", "aside", "TIL"),
        ),
        (
            "docs.mdx",
            ("│ First. A gate", "│ Tip: My title", "x = 1", "Text here."),
            (":::", "import", "export", "remark", "<"),
        ),
        ("utf16.md", ("본문",), ("#", "\ufffd")),
        ("frontmatter.md", ("One\nTwo\n", "2024-05-01", "Intro."), ("title:", "tags")),
        ("noheading.md", ("Just a paragraph.\n\nAnother one.",), ()),
        ("obsidian.md", ("Note and alias", "▨ picture pic.png", "#tag mark", "│ A title"), ("[[",)),
        ("plain.txt", ("Roses are red,\nViolets are blue.", "# not a heading", "     2]"), ()),
        ("longintro.md", ("paragraph 1.", "paragraph 40."), ()),
        ("skin.md", ("👍🏽 one two", "also short"), ()),
        ("stale_min.md", ("short",), ()),
        ("widths.md", ("👨\u200d👩\u200d👧 family", "🇰🇷 flag", "தமிழ்"), ("\ufffd",)),
    ],
)
def test_what_is_seen(name: str, there: tuple[str, ...], gone: tuple[str, ...]) -> None:
    lesson = open_file(Path(__file__).parent / "inputs" / name, "en", WORDS)
    for cells in WIDTHS:
        text = seen(lesson, cells)
        assert [t for t in there if t not in text] == [], text
        assert [t for t in gone if t in text] == [], text


def damaged(text: str, rng: random.Random) -> str:
    """Return the text with parts removed, doubled, moved, or replaced by markup characters."""
    signs = "#*_`$\\[]{}()<>|-=~:%&^!\x1b\x07\u202e\u200b\x00 \n\t\r"
    for _ in range(rng.randint(1, 12)):
        a, b = sorted(rng.randint(0, len(text)) for _ in range(2))
        kind = rng.randint(0, 3)
        if kind == 0:
            text = text[:a] + text[b:]
        elif kind == 1:
            text = text[:b] + text[a : min(b, a + 200)] + text[b:]
        else:
            text = (
                text[:a] + "".join(rng.choice(signs) for _ in range(rng.randint(1, 6))) + text[a:]
            )
    return text


def _damage(count: int) -> None:
    rng = random.Random(7)
    sources = [(p.name, files.any_text(p)[0]) for p in INPUTS]
    for _ in range(count):
        name, text = rng.choice(sources)
        mutated = damaged(text, rng)
        try:
            shown = seen(
                open_document(Document(name, mutated), "en", WORDS), rng.choice((10, 40, 76))
            )
        except CourseError:
            continue
        assert harmless(shown), (name, mutated)


def test_damaged_files_show_something_harmless() -> None:
    _damage(150)


@pytest.mark.long
def test_very_many_damaged_files_show_something_harmless() -> None:
    _damage(10_000)
