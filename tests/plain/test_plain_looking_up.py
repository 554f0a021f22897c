"""The card of a lesson (`k`) and search (`/`) in plain mode, from any page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plain_talk import Talk, joined

from rnntutor.package_data import lessons_dir
from rnntutor.words import LANGUAGES


def after(said: str, mark: str) -> str:
    return joined(said).partition(joined(mark))[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_is_of_the_lesson_that_is_read_or_of_the_one_named(talk: Talk, lang: str) -> None:
    own = replace(talk, lang=lang, course=lessons_dir())
    title = own.text("card.title")
    here = own("go gru.update", "k", "q")
    assert "zₜ" in after(here, f"{title}: GRU" if lang == "ko" else f"{title}: The GRU")
    named = own("k 2", "q")
    assert "hₜ = tanh" in after(named, title)
    assert joined(own.text("plain.card.which", name="x", numbers="1,").partition("1,")[0]) in (
        joined(own("k x", "q"))
    )


@pytest.mark.parametrize("line", ["/ gates", "/gates", "/ GATES", "/ ㅎㅁㅅㄷㄴ"])
def test_what_is_found_says_what_leads_there(talk: Talk, line: str) -> None:
    said = talk(line, "go one.gates", "q")
    assert f"go one.gates:  Gates  ({talk.text('search.step')})" in said
    assert ("page", {"lesson": "one", "page": "gates"}) in talk.events()


def test_search_finds_terms_by_their_other_names_and_only_questions_that_were_met(
    talk: Talk,
) -> None:
    assert "g hidden-state:  hidden state" in talk("/ state vector", "q")
    met = talk("/ single", "q")
    assert talk.text("search.question") not in met
    assert talk.text("search.nothing") in talk("/ nowhere at all", "q")
    assert joined(talk.text("plain.search.how")) in joined(talk("/", "q"))
