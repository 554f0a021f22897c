"""Dialects of other programs: formulas, callouts, slides, reStructuredText, Org."""

from __future__ import annotations

import pytest
from opened_text import WORDS, opened, titles

from rnntutor.course.blocks import (
    CodeBlock,
    Link,
    Listing,
    MathBlock,
    Maths,
    Paragraph,
    Picture,
    Quote,
    Text,
)
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.lesson import open_document
from rnntutor.render.prose import Context, lay_out
from rnntutor.spans import plain


@pytest.mark.parametrize(
    "source",
    [r"\(x_t\)", r"\\(x_t\\)", "$`x_t`$", "$x_t$", "{math}`x_t`"],
)
def test_every_way_to_write_a_formula_in_a_line(source: str) -> None:
    (paragraph,) = opened(f"a {source} b\n").steps[0].prose
    assert paragraph == Paragraph((Text("a "), Maths("x_t"), Text(" b")))


@pytest.mark.parametrize(
    "source",
    [
        "$$\nx_t\n$$",
        "$$x_t$$ (eq:1)",
        "\\[ x_t \\]",
        "\\\\[ x_t \\\\]",
        "```math\nx_t\n```",
        "```{math}\n:label: a\nx_t\n```",
    ],
)
def test_every_way_to_display_a_formula(source: str) -> None:
    assert opened(f"a\n\n{source}\n\nb\n").steps[0].prose[1:-1] == (MathBlock("x_t"),)


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        # Amounts of money next to code that contains dollars.
        ("from $10 to `$x$`", (Paragraph((Text("from $10 to "), Text("$x$", code=True))),)),
        ("$5 or \\$6, $x$", (Paragraph((Text("$5 or $6, "), Maths("x"))),)),
        # Environments within a paragraph, and in a line of a list.
        (
            "a \\begin{align} x &= 1 \\end{align} b",
            (
                Paragraph((Text("a"),)),
                MathBlock("\\begin{align} x &= 1 \\end{align}"),
                Paragraph((Text("b"),)),
            ),
        ),
        (
            "$\\begin{matrix} x \\end{matrix}$",
            (Paragraph((Maths("\\begin{matrix} x \\end{matrix}"),)),),
        ),
        # Double dollars among words, and alone.
        ("a $$ x_1 $$ b", (Paragraph((Text("a "), Maths("x_1"), Text(" b"))),)),
        ("a\n$$ x_1 $$", (Paragraph((Text("a"),)), MathBlock("x_1"))),
        ("H~2~O, X^2^, ~~no~~", (Paragraph((Text("H₂O, X², "), Text("no", struck=True))),)),
        (
            ":::tip[My title]\nGo.\n:::",
            (Quote((Paragraph((Text("Tip: My title", strong=True),)), Paragraph((Text("Go."),)))),),
        ),
        ("import A from 'b';\n\nText {/* no */}here", (Paragraph((Text("Text here"),)),)),
        ("<td><![x</td> y", (Paragraph((Text("<![x y"),)),)),
        ("![](a/net.gif?raw=true)", (Picture("picture net.gif", "a/net.gif?raw=true"),)),
        # An HTML image that is indented like code.
        (
            '<div align="center">\n    <img alt="Net" src="a/net.png?raw=true">\n</div>',
            (Picture("Net", "a/net.png?raw=true"),),
        ),
        # A row of links in an HTML heading.
        (
            '<h4>\n<a href="https://a.b">A</a> ·\n<a href="https://c.d">B</a></h4>',
            (
                Paragraph(
                    (
                        Text("A", link=Link("url", "https://a.b")),
                        Text(" · "),
                        Text("B", link=Link("url", "https://c.d")),
                    )
                ),
            ),
        ),
        # Admonitions in colons with a fence inside, and longer fences around others.
        (
            ":::{note}\n```python\nx\n```\nafter\n:::",
            (
                Quote(
                    (
                        Paragraph((Text("Note", strong=True),)),
                        CodeBlock("x", "python"),
                        Paragraph((Text("after"),)),
                    )
                ),
            ),
        ),
        (
            "> ```\n> x\n> ```\n\n````{tip}\n```{note}\na\n```\n````",
            (
                Quote((CodeBlock("x", ""),)),
                Quote(
                    (
                        Paragraph((Text("Tip", strong=True),)),
                        Quote((Paragraph((Text("Note", strong=True),)), Paragraph((Text("a"),)))),
                    )
                ),
            ),
        ),
        # A role that is quoted as text.
        (
            "`` {sub}`2` `` of `{sub}`, `x`",
            (
                Paragraph(
                    (
                        Text("{sub}`2`", code=True),
                        Text(" of "),
                        Text("{sub}", code=True),
                        Text(", "),
                        Text("x", code=True),
                    )
                ),
            ),
        ),
    ],
)
def test_what_real_files_write(source: str, prose: tuple[object, ...]) -> None:
    assert opened(source + "\n").steps[0].prose == prose


def test_what_slides_say_about_themselves_is_no_text() -> None:
    lesson = opened(
        "---\ntheme: x\n---\n\n# A\n\na\n\n---\nlayout: two\n---\n\n# B\n\n::right::\n\nb\n"
    )
    assert titles(lesson) == ["A", "B"]
    assert lesson.steps[1].prose == (Paragraph((Text("b"),)),)
    assert lesson.steps[1].line == 13


def test_what_a_slide_says_about_itself_is_kept_where_it_is_code() -> None:
    slide = "---\nlayout: cover\n---\n"
    lesson = opened(f"---\ntitle: T\n---\n\n## A\n\n```md\n{slide}```\n\n{slide}\n## B\n\nb\n")
    assert lesson.steps[0].prose == (CodeBlock(slide.rstrip(), "md"),)


def test_what_restructured_texts_have_beside_their_paragraphs() -> None:
    text = (
        "Title\n=====\n\n:Author: A. B.\n   of C\n:Date: 2024\n\n"
        "See [#]_ and `a long\nname`_, some_.\n\n"
        "``term``\n    What it is.\n\n.. [#] Noted.\n\n.. _some: https://a.b\n\n__ https://c.d\n"
    )
    prose = open_document(Document("a.rst", text), "en", WORDS).steps[0].prose
    words = "\n".join(plain(row) for row in lay_out(prose, 60, Context(WORDS)))
    assert words == (
        "• Author: A. B. of C\n• Date: 2024\n\nSee [1] and a long name, some.\n\n"
        "term\n\n• What it is.\n\n[1] Noted."
    )


def test_what_restructured_texts_say_about_their_looks_is_no_text() -> None:
    """Default roles, substitutions and layout directives of reStructuredText are not shown as
    text."""
    text = (
        ".. default-role:: math\n.. |m| unicode:: U+00D8 .. a sign\n\n"
        "So `x_1` |m|, A_/B_.\n\n.. class:: small\n\n   Kept.\n\n"
        "* item\n\n  .. container:: c\n\n     Its text.\n"
    )
    lesson = open_document(Document("a.rst", text), "en", WORDS)
    first, second, listing = lesson.steps[0].later()
    assert first == Paragraph((Text("So "), Maths("x_1"), Text(" Ø, A/B.")))
    assert second == Paragraph((Text("Kept."),))
    assert isinstance(listing, Listing)
    assert Paragraph((Text("Its text."),)) in listing.items[0]


def test_what_org_leaves_out_is_left_out() -> None:
    text = "* DONE [#A] Do it\nDEADLINE: <2019-09-06 Fri>\nCLOCK: [2010-08-08 Sun]\nbody\n"
    (step,) = open_document(Document("a.org", text), "en", WORDS).steps
    assert step.title == (Text("Do it"),)
    assert step.later() == (Paragraph((Text("body"),)),)
