"""A lesson with unreadable parts in plain mode."""

from __future__ import annotations

from pathlib import Path

from plain_talk import Talk, joined

COURSE = '[course]\ntitle.en = "T"\n' + "".join(
    f'[[lesson]]\nid = "{name}"\nfile = "{name}.md"\ntitle.en = "{name}"\n' for name in "abc"
)


def test_what_is_wrong_is_told_and_the_next_lesson_reached(tmp_path: Path) -> None:
    course = tmp_path / "course"
    (course / "en").mkdir(parents=True)
    (course / "course.toml").write_text(COURSE)
    (course / "en" / "a.md").write_text("words, and no title")
    (course / "en" / "b.md").write_text("# B\n\n## One {#one}\n\nProse.\n\n```sim\nuse =\n```\n")
    (course / "en" / "c.md").write_text("# C\n\n## Two {#two}\n\nThe last one.\n")
    talk = Talk(course, tmp_path / "data")
    said = talk("1", "", "", "", "", "", "q")
    assert talk.text("fault.count", n=3) in said
    assert said.count(talk.text("fault.line", n=1)) == 3
    assert said.count(talk.text("fault.line", n=8)) == 1
    assert joined(said).index("line 8") < joined(said).index("[1/3] 3 C")
    assert "The last one." not in said
