"""LaTeX commands and their characters in a line of Unicode."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


RELATIONS = {
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈",
    "simeq": "≃", "sim": "∼", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫", "lt": "<",
    "gt": ">", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "to": "→",
    "rightarrow": "→", "longrightarrow": "→", "Rightarrow": "⇒", "implies": "⇒",
    "leftarrow": "←", "gets": "←", "Leftarrow": "⇐", "leftrightarrow": "↔", "mapsto": "↦",
    "Leftrightarrow": "⇔", "iff": "⇔", "uparrow": "↑", "downarrow": "↓", "mid": "|",
    "parallel": "∥", "perp": "⊥", "coloneqq": "≔", "coloneq": "≔", "leqslant": "≤", "geqslant": "≥",
    "triangleq": "≜", "cong": "≅", "asymp": "≍", "doteq": "≐", "prec": "≺", "succ": "≻",
    "preceq": "⪯", "succeq": "⪰", "supset": "⊃", "supseteq": "⊇", "subsetneq": "⊊",
    "models": "⊨", "vDash": "⊨", "vdash": "⊢", "dashv": "⊣", "Longrightarrow": "⇒",
    "Longleftarrow": "⇐", "Longleftrightarrow": "⇔", "longleftarrow": "←",
    "longleftrightarrow": "↔", "longmapsto": "↦", "Uparrow": "⇑", "Downarrow": "⇓",
    "updownarrow": "↕", "nearrow": "↗", "searrow": "↘", "nwarrow": "↖", "swarrow": "↙",
    "hookrightarrow": "↪", "hookleftarrow": "↩", "rightsquigarrow": "⇝", "leadsto": "⇝",
    "rightharpoonup": "⇀", "rightleftharpoons": "⇌", "lesssim": "≲", "gtrsim": "≳",
    "owns": "∋", "impliedby": "⇐", "eqqcolon": "≕", "colon": ":", "nmid": "∤", "nsim": "≁",
    "ncong": "≇", "nleq": "≰", "ngeq": "≱", "nsubseteq": "⊈", "approxeq": "≊", "bowtie": "⋈",
    "rarr": "→", "larr": "←", "harr": "↔", "rArr": "⇒", "lArr": "⇐", "hArr": "⇔", "isin": "∈",
    "sub": "⊂", "sube": "⊆", "supe": "⊇",
}  # fmt: skip
OPERATORS = {
    "times": "×", "cdot": "·", "odot": "⊙", "circ": "∘", "ast": "∗", "star": "⋆", "pm": "±",
    "mp": "∓", "div": "÷", "oplus": "⊕", "otimes": "⊗", "cup": "∪", "cap": "∩",
    "setminus": "∖", "land": "∧", "lor": "∨", "bullet": "•", "wedge": "∧", "vee": "∨",
    "ominus": "⊖", "oslash": "⊘", "boxtimes": "⊠", "uplus": "⊎", "sqcup": "⊔", "sqcap": "⊓",
    "diamond": "⋄", "dagger": "†", "ddagger": "‡", "smallsetminus": "∖", "ltimes": "⋉",
    "rtimes": "⋊", "circledast": "⊛", "bigcirc": "○", "cdotp": "·", "veebar": "⊻",
    "sdot": "·", "bull": "•", "and": "∧", "or": "∨",
}  # fmt: skip
LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ρ",
    "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "infty": "∞", "emptyset": "∅",
    "varnothing": "∅", "ldots": "…", "dots": "…", "cdots": "…", "dotsc": "…", "dotsb": "…",
    "vdots": "⋮", "ddots": "⋱", "top": "⊤", "bot": "⊥", "prime": "′", "forall": "∀",
    "exists": "∃", "neg": "¬", "angle": "∠", "degree": "°", "checkmark": "✓", "square": "□",
    "aleph": "ℵ", "wp": "℘", "nexists": "∄", "lnot": "¬", "therefore": "∴", "because": "∵",
    "Box": "□", "Diamond": "◇", "bigstar": "★", "blacksquare": "■", "triangle": "△",
    "surd": "√", "complement": "∁", "backslash": "\\", "dotsm": "…", "dotsi": "…", "dotso": "…",
    "mathellipsis": "…", "iddots": "⋰", "digamma": "ϝ", "varkappa": "ϰ", "varpi": "ϖ",
    "copyright": "©", "S": "§", "P": "¶", "star": "⋆", "flat": "♭", "sharp": "♯",
    "textbackslash": "\\", "dag": "†", "omicron": "ο", "infin": "∞", "empty": "∅",
    "exist": "∃", "reals": "ℝ", "real": "ℜ", "natnums": "ℕ", "cnums": "ℂ", "R": "ℝ", "N": "ℕ",
    "Z": "ℤ", "alef": "ℵ", "weierp": "℘",
    "%": "%", "#": "#", "&": "&", "_": "_", "$": "$", "imath": "ı", "jmath": "ȷ",
}  # fmt: skip
BIG = {
    "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂",
    "bigoplus": "⨁", "bigodot": "⨀", "iint": "∬", "iiint": "∭", "bigvee": "⋁", "bigwedge": "⋀",
    "bigotimes": "⨂", "bigsqcup": "⨆", "biguplus": "⨄", "coprod": "∐",
}  # fmt: skip
FUNCTIONS = words(
    "tanh sinh cosh sin cos tan arctan exp log ln lg max min sup inf lim limsup liminf arg det "
    "dim ker deg gcd Pr mod bmod argmax argmin softmax diag "
    "cot sec csc arcsin arccos coth hom"
)
PREFIXES = {"partial": "∂", "part": "∂", "nabla": "∇"}
OPENING = {
    "lvert": "|", "lVert": "‖", "langle": "⟨", "lfloor": "⌊", "lceil": "⌈", "{": "{",
    "lbrace": "{", "llbracket": "⟦", "lang": "⟨", "lbrack": "[", "lgroup": "(",
}  # fmt: skip
CLOSING = {
    "rvert": "|", "rVert": "‖", "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉", "}": "}",
    "rbrace": "}", "rrbracket": "⟧", "rang": "⟩", "rbrack": "]", "rgroup": ")",
}  # fmt: skip
# Explicit spaces in cells; a negative thin space counts as none.
SPACES = {
    ",": 1, ":": 1, ";": 1, ">": 1, " ": 1, "~": 1, "!": 0, "quad": 2, "qquad": 4,
    "negthinspace": 0, "/": 0, "enskip": 1, "nobreakspace": 1, "space": 1,
    "enspace": 1, "thinspace": 1, "medspace": 1, "thickspace": 1, "hfill": 2,
}  # fmt: skip
# Commands that only change the size or style of the following text.
SILENT = words(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits big Big bigg Bigg bigl "
    "Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm mathstrut strut nonumber notag hline "
    "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge cal rm bf it sf tt "
    "boldmath relax protect mathop mathrel mathbin mathord mathopen mathclose mathpunct mathinner "
    "ensuremath smash null allowbreak noindent centering par boxed mathrlap mathllap mathclap "
    "cssId vcenter bfseries itshape rmfamily"
)
# Commands that only set position, colour or numbering and are dropped, with their number of
# arguments.
DROPPED = {
    "tag": 1, "label": 1, "color": 1, "hspace": 1, "vspace": 1, "phantom": 1, "hphantom": 1,
    "vphantom": 1, "mspace": 1, "require": 1, "cline": 1, "rule": 2, "nobreak": 0,
}  # fmt: skip
# Commands of which only the last argument is shown, with the number of arguments before it.
KEPT_LAST = {
    "textcolor": 1, "colorbox": 1, "fcolorbox": 2, "href": 1, "class": 1, "style": 1,
    "raisebox": 1, "scalebox": 1, "underline": 0, "underbar": 0,
}  # fmt: skip
# Typefaces in which letters stay the same; blackboard and calligraphic letters have characters.
FACES = words(
    "mathbf boldsymbol bm mathit mathnormal mathsf mathtt mathfrak symbf mathbfit pmb bold frak "
    "mathsfit mathsfbfit mathbfsfit"
)
WORDS = words(
    "text textrm textbf textit texttt textsf textnormal textsc mathrm operatorname "
    "operatornamewithlimits mbox hbox"
)
BLACKBOARD = {
    "R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "P": "ℙ", "H": "ℍ", "E": "𝔼", "1": "𝟙",
}  # fmt: skip
SCRIPT_LETTERS = {
    "L": "ℒ", "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "M": "ℳ", "R": "ℛ",
}  # fmt: skip
# Combining marks for a single letter, and arrows, which are written before the letter because
# fonts place combining arrows badly.
ACCENTS = {
    "tilde": "\u0303", "widetilde": "\u0303", "hat": "\u0302", "widehat": "\u0302",
    "bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
}  # fmt: skip
ARROWS = {"vec": "→", "overrightarrow": "→", "overleftarrow": "←"}

_SUBSCRIPT = ("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
_SUPERSCRIPT = (
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW*′⊤°∘",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*′ᵀ°°",
)
SUBSCRIPT = dict(zip(*_SUBSCRIPT, strict=True))
SUPERSCRIPT = dict(zip(*_SUPERSCRIPT, strict=True))
