"""One example of each kind of question: its source between the heading and the reason."""

EXAMPLES = {
    "single": "Which?\n\n- [x] this\n- [ ] that {m=M-01}\n  > No: $h_1$ it is not.\n",
    "multi": "Which?\n\n- [x] one\n- [x] two\n- [ ] three\n  > Not three.\n",
    "numeric": "How much?\n= 0.122 +- 0.002\n~ 0.9 : Once only.\n",
    "cloze": "A [[type: gate / door]] and a [[pick: *state* / cell / layer]].\n",
    "order": (
        "In order?\n\n1. first\n2. second\n3. third\n\n"
        "- [ ] never {m=M-02}\n  > It is not needed.\n"
    ),
    "match": "Match.\n\n| left | right |\n|---|---|\n| a | one |\n| b | two |\n| | three |\n",
    "trace": (
        "What is $c_1$ at $f$ = {{ f }}?\n\n"
        '```variant\nmodel = "scalar_memory"\nask = "c[1]"\natol = 0.005\n'
        "draw.c0 = { choice = [0.6, 0.8] }\ndraw.f = { choice = [0.3, 0.4] }\ndraw.i = 0\n"
        'draw.g = 0\nwrong = [{ slip = "forget_inverted", say = "All but {{ f }}." }]\n```\n'
    ),
    "faded": (
        "Two steps back with $U$ = {{ U }}; $h_2$ = {{ h[2] }}.\n\n"
        '```variant\nmodel = "from_loss"\natol = 0.002\n'
        "draw.h0 = 0.6\ndraw.U = { choice = [0.7, 0.8, 0.9] }\ndraw.W = 0.5\ndraw.v = 1\n"
        "draw.x = { choice = [[1, 0], [0.5, 1]] }\n\n"
        '[[line]]\nof = "dy0"\nlabel = "dy"\nwork = "{{ p0 }} - 1"\narrow = "↓"\n\n'
        '[[line]]\nof = "dh[2]"\nlabel = "dh"\nwork = "{{ v }} * {{ dy0 }} - {{ v }} * {{ dy1 }}"\n'
        'gap = "Both classes count."\nwrong = [{ slip = "one_class", say = "One class." }]\n\n'
        '[[line]]\nof = "da[2]"\nlabel = "da"\nwork = "(1 - {{ h[2] }}^2) * {{ dh[2] }}"\n'
        'gap = "Slope at {{ h[2] }}."\nwrong = [{ slip = "no_slope", say = "No slope." }]\n```\n'
    ),
}
# The text after the body: a reason for each mistake if the kind needs it, then why.
REASONS = "\n> [!WRONG]\n> 1. Not so. {m=M-03}\n> 2. Nor so.\n"
WHY = "\n> [!WHY]\n> So it is.\n"
