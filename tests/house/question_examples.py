"""One question of each kind, as an author writes what stands between its heading and its reason."""

EXAMPLES = {
    "single": "Which?\n\n- [x] this\n- [ ] that {m=M-01}\n  > No: $h_1$ it is not.\n",
    "multi": "Which?\n\n- [x] one\n- [x] two\n- [ ] three\n  > Not three.\n",
    "numeric": "How much?\n= 0.122 +- 0.002\n~ 0.9 : Once only.\n",
    "cloze": "A [[type: gate / door]] and a [[pick: *state* / cell / layer]].\n",
    "order": "In order?\n\n1. first\n2. second\n3. third\n\n- [ ] never\n  > It is not needed.\n",
    "match": "Match.\n\n| left | right |\n|---|---|\n| a | one |\n| b | two |\n| | three |\n",
    "trace": (
        "What is $c_1$ at $f$ = {{ f }}?\n\n"
        '```variant\nmodel = "scalar_memory"\nask = "c[1]"\natol = 0.005\n'
        "draw.c0 = { choice = [0.6, 0.8] }\ndraw.f = { choice = [0.3, 0.4] }\ndraw.i = 0\n"
        'draw.g = 0\nwrong = [{ slip = "forget_inverted", say = "You kept the rest." }]\n```\n'
    ),
}
# What follows the body: a reason for each mistake where the kind asks for it, then why.
REASONS = "\n> [!WRONG]\n> 1. Not so.\n> 2. Nor so.\n"
WHY = "\n> [!WHY]\n> So it is.\n"
