"""Rewrite the dialects of Markdown in the one that the parser knows.

Covers the extensions of GitHub, Obsidian, MyST, Quarto, pandoc, Jekyll, Hugo and d2l.
"""

from __future__ import annotations

import re

from rnntutor.course.opened import html_text
from rnntutor.course.opened.code_parts import (
    CODE_SPAN,
    fences_away,
    outside_code,
    outside_fences,
    pieces,
)

_ENVIRONMENTS = (
    r"equation|align|alignat|gather|multline|eqnarray|flalign|aligned|gathered|split|cases|"
    r"[pbBvV]?matrix|array"
)
_DISPLAY = re.compile(
    r"^(?P<lead>[ \t]*)(?:"
    r"\$\$(?P<dollars>(?:(?!\$\$|\n[ \t]*\n)[\s\S]){1,4000}?)\$\$"
    r"(?:[ \t]*(?:\([\w:.-]+\)|\{#?[^{}\n]*\}))?[ \t]*$"
    r"|\\{1,2}\[(?P<square>(?:(?!\n[ \t]*\n)[\s\S]){1,4000}?)\\{1,2}\][ \t]*$"
    rf"|(?P<bare>\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}[\s\S]{{0,4000}}?\\end\{{(?P=name)\}})"
    r"[ \t]*$)",
    re.MULTILINE,
)
# An environment outside of dollars and brackets; formulas within those are skipped.
_WITHIN = re.compile(
    r"\$\$[\s\S]{0,4000}?\$\$|(?<!\\)\$[^$\n]{1,2000}\$|\\\([\s\S]{0,2000}?\\\)|\\\[[\s\S]{0,4000}?\\\]"
    rf"|\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}"
    r"(?:(?!\n[ \t]*\n)[\s\S]){0,4000}?\\end\{(?P=name)\}"
)
# Formulas between dollars, dollars at either end of the text (next to code), and other dollars.
_DOLLARS = re.compile(
    r"(?P<kept>\\[\s\S]|\$\$[\s\S]{0,4000}?\$\$"
    r"|\$(?![\s$])(?:(?!\n[ \t]*\n)(?:\\[\s\S]|[^$\\])){0,2000}?(?<![\s\\])\$(?![\d$])"
    r"|\A\$|\$\Z|\$\$+)|\$"
)
_TREE = re.compile(
    r"^(?=[^\n]*\n?[ \t]*[├└│])(?:[^\n`]+\n)?(?:[ \t│├└─][^\n]*[├└│─][^\n]*(?:\n|\Z)){2,}", re.M
)
_GRID = re.compile(r"^[ \t]*\+(?:[-=:]+\+)+[ \t]*\n(?:[ \t]*[|+][^\n]*[|+][ \t]*(?:\n|\Z))+", re.M)
_DROPPED_LINES = re.compile(
    r"^[ \t]*(?:\([\w:.-]+\)=|:(?:label|begin_tab|end_tab|width|height):`?[^\n]*|"
    r"\{:[^{}\n]*\}|\[TOC\]|\[\[toc\]\]|\[\[_TOC_\]\]|:{3,}[ \t]*(?:\{\.[^{}\n]*\})?|"
    r"\\(?:newpage|pagebreak|clearpage|tableofcontents)|::\w+::|"
    r"import [^\n]{1,200} from ['\"][^'\"\n]+['\"];?|export (?:const|default|let) [^\n]+;)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(\w*)[^%]*%\}\n?([\s\S]*?)\{%-?\s*endhighlight\s*-?%\}"
)
_FIGURE = re.compile(r"\{\{[<%]\s*figure\b([^{}]*?)/?\s*[>%]\}\}")
_SHORTCODE = re.compile(r"\{\{[<%][^{}\n]*[>%]\}\}|\{%-?[^{}\n]*-?%\}|%%[^%\n]{0,2000}%%")
_REMARK = re.compile(r"\{/\*[\s\S]{0,2000}?\*/\}")
_CALLOUT = re.compile(r"^([ \t]*(?:>[ \t]*)+)\[!([\w-]+)\][+-]?[ \t]*([^\n]*)$", re.MULTILINE)
_EMBED = re.compile(r"!\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_WIKI = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_REFERENCE = re.compile(
    r"(?<!\\)\\(?:eq|auto|[cC])?ref\{([^{}\n]+)\}|(?<!\\)\\cite[pt]?\{([^{}\n]+)\}"
)
_CAPTION = re.compile(r"^:[ \t]+([^\n]+?)[ \t]*\{#[^{}\n]*\}[ \t]*$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^\*\[[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_TIGHT = re.compile(r"^(#{2,6})(?=[^\s#!])", re.MULTILINE)
_MARKED = re.compile(r"(?<![=\w])==(?![\s=])([^=\n]{1,400}?)(?<!\s)==(?![=\w])")
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z][\w-]*[ \t]*$", re.MULTILINE)
_TASK = re.compile(r"^([ \t>]*(?:[-*+]|\d+[.)])[ \t]+)\[([ xX])\](?=[ \t])", re.MULTILINE)
_FOOTNOTE = re.compile(r"^\[\^([^\[\]\s]+)\]:[ \t]*", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_SMALL = re.compile(r"(?<=[\w)])(?P<mark>[~^])(?P<said>[^\s~^\[\]$`*]{1,20})(?P=mark)(?![~^])")
_SPAN = re.compile(r"\[([^\[\]\n]*)\]\{[.#][^{}\n]*\}")
_ATTRIBUTES = re.compile(r"(?<=[)\w])\{[ \t]*[.#:][^{}\n$\\]*\}")
_HEADING = re.compile(r"^(#{1,6}[ \t][^\n]*?)[ \t]+\{[ \t]*[#.:-][^{}\n]*\}[ \t]*$", re.MULTILINE)
_COLON = re.compile(
    r"^(?P<marks>:{3,})[ \t]*(?:\{(?P<name>[\w:.#-]+)[^{}\n]*\}|(?P<word>[a-z]+))[ \t]*"
    r"(?P<title>[^\n]*)\n(?P<body>[\s\S]*?)^(?P=marks)[ \t]*$",
    re.MULTILINE,
)
_ROLE = re.compile(CODE_SPAN + r"\{(?P<name>[\w:+.-]+)\}(?P<ticks>`+)(?P<text>[^`\n]+)(?P=ticks)")
_D2L = re.compile(CODE_SPAN + r":(?P<name>[A-Za-z]\w*):`(?P<text>[^`\n]+)`")
_TARGET = re.compile(r"^(.+?)\s*<[^<>]*>$")
_OPTION = re.compile(r"\A(?:---\n[\s\S]*?\n---\n|(?:[ \t]*:[\w-]+:[^\n]*\n)+)")
_CODE = ("code", "code-block", "code-cell", "sourcecode", "highlight", "prompt", "literalinclude")
_UNSEEN = ("toctree", "contents", "tableofcontents", "index", "raw", "only")
_PICTURES = re.compile(
    r"\[!\[[^\[\]]*\](?:\([^()\n]*\)|\[[^\[\]]*\])\](?:\([^()\n]*\)|\[[^\[\]]*\])?"
    r"|!\[[^\[\]]*\]\([^()\n]*\)|<img\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_TAIL = re.compile(r"(?:[ \t·|-]|&middot;|&nbsp;)+$")
_LATEX_MACROS = re.compile(r"^[ \t]*\\(?:re|provide)?newcommand\b[^\n]*$", re.MULTILINE)


def rewritten(text: str) -> str:
    """Rewrite a section."""
    text = _containers(text) if ":::" in text else text
    text = "".join(_directive(piece) if code else piece for code, piece in pieces(text))
    text = outside_fences(text, _lines)
    text = outside_fences(text, lambda piece: outside_code(piece, _display))
    text = outside_fences(text, lambda piece: outside_code(piece, _environments))
    text = outside_fences(text, lambda piece: outside_code(piece, _money))
    text = outside_fences(text, lambda piece: outside_code(piece, html_text.rewritten))
    return outside_fences(text, lambda piece: outside_code(_roles(piece), line))


def line(text: str) -> str:
    """Rewrite inline syntax outside code."""
    text = _REMARK.sub("", _SHORTCODE.sub("", text))
    text = _EMBED.sub(_embed, text)
    text = _WIKI.sub(_link_text, text)
    text = _REFERENCE.sub(lambda m: f"({m[1] or m[2]})", text)
    text = _MARKED.sub(r"**\1**", text)
    text = _BLOCK_ID.sub("", text)
    text = _TASK.sub(lambda m: m[1] + ("☐" if m[2] == " " else "☑"), text)
    text = _FOOTNOTE.sub(lambda m: f"\n[{m[1]}] ", text)
    text = _NOTE.sub(lambda m: f"[{m[1]}]", text)
    text = _SMALL.sub(_small, text)
    text = _SPAN.sub(r"\1", text)
    return _ATTRIBUTES.sub("", text)


def _small(found: re.Match[str]) -> str:
    return html_text.exponent_text("sub" if found["mark"] == "~" else "sup", found["said"])


def title(text: str) -> str:
    """Rewrite the source of a heading, without pictures (mostly badges) next to its text."""
    bare = outside_code(text, lambda piece: _PICTURES.sub("", piece))
    text = _TAIL.sub("", bare) if _TAG.sub("", bare).strip() else text
    text = outside_code(text, html_text.rewritten) if "<" in text else text
    return " ".join(outside_code(_roles(text), line).split())


def _lines(text: str) -> str:
    """Rewrite syntax that takes whole lines."""
    text = _HIGHLIGHT.sub(lambda m: f"\n```{m[1]}\n{m[2].strip(chr(10))}\n```\n", text)
    text = _FIGURE.sub(_figure, text)
    text = _TREE.sub(_fence, text)
    text = _GRID.sub(_fence, text)
    text = _CAPTION.sub(r"\1", _ABBREVIATION.sub("", text))
    text = _TIGHT.sub(r"\1 ", text)
    text = _HEADING.sub(r"\1", text)
    text = _DROPPED_LINES.sub("", text)
    text = _LATEX_MACROS.sub("", text)
    return _CALLOUT.sub(_called_out, text)


def _fence(found: re.Match[str]) -> str:
    return f"\n```\n{found[0].rstrip(chr(10))}\n```\n"


def _display(text: str) -> str:
    """Rewrite display formulas as fenced blocks, so that Markdown syntax in them is not parsed."""

    def fence(found: re.Match[str]) -> str:
        source = found["dollars"] or found["square"] or found["bare"]
        lead = found["lead"]
        if not source.strip():
            return found[0]
        lines = [row.strip() for row in source.strip().split("\n") if row.strip()]
        inside = "\n".join(lead + row for row in lines)
        return f"\n{lead}```math\n{inside}\n{lead}```\n"

    return _DISPLAY.sub(fence, text) if "$$" in text or "\\" in text else text


def _environments(text: str) -> str:
    """Rewrite a LaTeX environment within a paragraph as a display formula."""

    def dollars(found: re.Match[str]) -> str:
        return f"$${' '.join(found[0].split())}$$" if found["name"] else found[0]

    return _WITHIN.sub(dollars, text) if "\\begin" in text else text


def _money(text: str) -> str:
    """Escape dollars that have no closing dollar in the same text; code is not part of the text."""
    if "$" not in text:
        return text
    return _DOLLARS.sub(lambda m: m["kept"] if m["kept"] else "\\$", text)


def _called_out(found: re.Match[str]) -> str:
    lead, name = found[1], found[2].replace("-", " ").capitalize()
    said = found[3].strip()
    return f"{lead}**{said or name}**\n{lead.rstrip()}"


def _link_text(found: re.Match[str]) -> str:
    """Return the text of a wiki link: the part after its last bar, else the name of the note."""
    return (found[2] or "").rpartition("|")[2] or found[1].rpartition("#")[0] or found[1]


def _embed(found: re.Match[str]) -> str:
    name, said = found[1].strip(), (found[2] or "").strip()
    if re.search(r"\.(?:png|jpe?g|gif|svg|webp|bmp|pdf)$", name, re.IGNORECASE):
        said = "" if re.fullmatch(r"\d+(?:x\d+)?", said) else said
        return f"![{said}](<{name}>)"
    return said or name


def _figure(found: re.Match[str]) -> str:
    values = dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', found[1]))
    said = values.get("caption") or values.get("title") or values.get("alt") or ""
    return f"\n\n![{said}](<{values.get('src', '')}>)\n\n"


def _roles(text: str) -> str:
    def role(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        name, said = found["name"].rpartition(":")[2].lower(), found["text"].strip()
        if name == "math":
            return f"\\({said}\\)"
        if name in ("label", "width", "height", "begin_tab", "end_tab"):
            return ""
        if name in ("cite", "citet", "citep", "numref", "eqref", "eq"):
            target = _TARGET.match(said)
            if name == "numref":
                return target[1] if target else said.replace("_", "\\_")
            return f"({target[1] if target else said})"
        if name in ("code", "py", "func", "class", "meth", "mod", "attr", "data", "file", "kbd"):
            return f"`{said.lstrip('~!')}`"
        if name in ("sup", "sub"):
            return html_text.exponent_text(name, said)
        target = _TARGET.match(said)
        return target[1] if target else said

    return _D2L.sub(role, _ROLE.sub(role, text))


def _containers(text: str) -> str:
    """Rewrite blocks between lines of colons, which may contain fenced code."""
    bare, put_back = fences_away(text)
    return put_back(_COLON.sub(lambda m: _container(m, put_back(m["body"])), bare))


def _container(found: re.Match[str], body: str) -> str:
    name = (found["name"] or found["word"] or "").strip(".#")
    body = body.strip("\n")
    said = found["title"].strip().removeprefix("[").removesuffix("]")
    if name.startswith("callout-"):
        name = name.removeprefix("callout-")
        if head := re.match(r"#{1,6}[ \t]+([^\n]+)\n", body):
            said, body = head[1].strip(), body[head.end() :]
    elif found["name"] and found["name"][0] in ".#":
        return f"\n{_containers(body)}\n"
    return _quote(name, said, body)


def _directive(fence: str) -> str:
    """Rewrite MyST's ```{name}; return any other fenced block unchanged."""
    head, _, rest = fence.partition("\n")
    found = re.match(r"^([ \t]*)([`~]{3,})[ \t]*\{([\w:.-]+)([^{}\n]*)\}[ \t]*(.*)$", head)
    if found is None:
        return fence
    lead, marks, name, _, argument = found.groups()
    body = re.sub(
        rf"\n?^[ \t]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*\Z", "", rest, flags=re.M
    )
    body = "\n".join(row.removeprefix(lead) for row in body.split("\n"))
    body = _OPTION.sub("", f"{body}\n").strip("\n")
    if name.startswith((".", "#")):
        return f"{lead}{marks}{name.strip('.#')}\n{rest}"
    if name == "math":
        return f"{lead}```math\n{argument}\n{body}\n{lead}```\n"
    if name in _CODE:
        return f"{lead}{marks}{argument or 'python'}\n{body}\n{lead}{marks}\n"
    if name in ("figure", "image"):
        said = " ".join(body.split()).replace("[", "(").replace("]", ")")
        return f"\n![{said}](<{argument}>)\n"
    if name in _UNSEEN:
        return "\n"
    if name in ("python", "r", "julia", "bash", "mermaid", "dot", "ojs"):
        kept = "\n".join(row for row in body.split("\n") if not row.startswith("#|"))
        return f"{lead}{marks}{name}\n{kept}\n{lead}{marks}\n"
    return _quote(name, argument, body)


def _quote(name: str, said: str, body: str) -> str:
    """Return an admonition as a quote that begins with its kind and title in bold."""
    kind = name.replace("-", " ").replace(".", "").strip().capitalize()
    generic = kind.lower() in ("admonition", "dropdown", "card", "topic", "sidebar", "details")
    head = said if said and generic else f"{kind}: {said}" if said else kind
    rows = [f"**{head}**", "", *rewritten(body).strip("\n").split("\n")]
    return "\n\n" + "\n".join(f"> {row}".rstrip() for row in rows) + "\n\n"
