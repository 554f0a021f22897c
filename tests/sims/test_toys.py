"""The trained demo nets' results on new data, and the contents of their files."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from rnntutor.nn.losses import cross_entropy
from rnntutor.package_data import assets_dir
from rnntutor.sims.common import demos, translate
from rnntutor.sims.makers import maker
from rnntutor.sims.order import sentiment
from rnntutor.sims.types import pictures, tags
from tests.sampling import in_turn

LANGUAGES = ("ko", "en")
NAMES = ("sentiment", "tags", "captions", "dates", "digits")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reader_judges_sentences_it_has_not_read(lang: str) -> None:
    """At least 98 % are right; a bag of words, which cannot relate "not" to a word, has at most 80
    %."""
    known = sentiment.reader(lang)
    read = sentiment.share_right(known, lang, sentiment.by_reading)
    counted = sentiment.share_right(known, lang, lambda one, words: one.score(words) > 0)
    assert read >= 0.98
    assert counted <= 0.8
    assert read == pytest.approx(sentiment.right(lang), abs=0.005)


@pytest.mark.parametrize(("lang", "merge"), in_turn(LANGUAGES, tags.MERGES))
def test_both_directions_are_needed_for_what_the_next_word_tells(lang: str, merge: str) -> None:
    """One way has at most 60 % for tags by the next word; all else has at least 90 %."""
    one_way = tags.tagger(lang, None)
    assert tags.share_right(one_way, lang, tags.NEXT) <= 0.6
    assert tags.share_right(one_way, lang, tags.BEFORE) >= 0.9
    both = tags.tagger(lang, merge)
    for where in (tags.NEXT, tags.BEFORE):
        share = tags.share_right(both, lang, where)
        assert share >= 0.9
        assert share == pytest.approx(tags.right(lang, merge, 8, where), abs=0.005)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_units_are_too_few_for_either_way_of_merging(lang: str) -> None:
    for merge in tags.MERGES:
        shares = [tags.right(lang, merge, 2, where) for where in (tags.NEXT, tags.BEFORE)]
        assert 0.5 < np.mean(shares) < 0.97


@pytest.mark.parametrize("lang", LANGUAGES)
def test_captions_are_right_under_fresh_noise(lang: str) -> None:
    """Every word is right; with much more noise than in training, captions are often wrong."""
    known = pictures.describer(lang)
    share = pictures.share_right(known, lang)
    assert share >= 0.95
    assert share == pytest.approx(pictures.right(lang), abs=0.005)
    assert pictures.share_right(known, lang, noise=0.5) < 0.8


@pytest.mark.parametrize("look", [False, True])
def test_dates_come_out_right_in_every_sign(look: bool) -> None:
    known = translate.translator(translate.DATES, look)
    share = translate.share_right(known, translate.DATES)
    assert share >= 0.95
    assert share == pytest.approx(translate.right(translate.DATES, look), abs=0.01)


def test_attention_keeps_what_one_vector_loses() -> None:
    """Reversing digits works with both for short inputs, only with attention for long ones.

    Beyond the trained lengths attention fails too.
    """
    shares = {
        look: {n: translate.share_by_length(known, n) for n in (4, 16, 20)}
        for look in (False, True)
        if (known := translate.translator(translate.DIGITS, look))
    }
    assert min(shares[False][4], shares[True][4]) >= 0.95
    assert shares[True][16] >= 0.95
    assert shares[False][16] <= shares[True][16] - 0.4
    assert shares[True][20] < 0.5
    for look, found in shares.items():
        told = dict(zip(*translate.by_length(look), strict=True))
        assert all(share == pytest.approx(told[n], abs=0.02) for n, share in found.items())


def test_what_a_lesson_shows_was_never_trained_on() -> None:
    for name in ("sentiment.ko", "sentiment.en", "tags.ko", "tags.en", "dates"):
        shown = demos.data(name)["shown"]
        assert all(demos.fresh(text, shown) for text in shown)
    rng = np.random.default_rng(3)
    for lang in LANGUAGES:
        shown = demos.data(f"sentiment.{lang}")["shown"]
        read = {text for text, _ in sentiment.examples(rng, lang, 300, keep=False)}
        fresh = {text for text, _ in sentiment.examples(rng, lang, 100, keep=True)}
        assert not read & fresh
        assert not read & set(shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_lesson_shows_is_read_word_by_word(lang: str) -> None:
    """Every word of the displayed sentences is known to its net."""
    reader, tagger = sentiment.reader(lang), tags.tagger(lang, None)
    for name, words in (("sentiment", reader.words), ("tags", tagger.words)):
        for text in demos.data(f"{name}.{lang}")["shown"]:
            assert all(words.were_read(demos.words_of(text))), text


def test_every_tag_is_as_likely_from_the_word_alone() -> None:
    """So a net that has not seen the deciding word cannot do better than chance."""
    for lang in LANGUAGES:
        of = demos.data(f"tags.{lang}")
        for word in of["word"]:
            assert len(word["meaning"]) == 2
            assert {m["tag"] for m in word["meaning"]} < set(of["tags"])


def test_dates_are_days_that_exist() -> None:
    from datetime import date

    rng = np.random.default_rng(0)
    for _ in range(300):
        _, written = translate.date(rng)
        assert date.fromisoformat(written).isoformat() == written


def test_batches_have_one_length_and_come_from_the_examples() -> None:
    pairs = [([1, 2], [3]), ([4, 5], [6]), ([7], [8])]
    for source, target in islice(demos.batches(np.random.default_rng(0), pairs, 5), 20):
        assert source.shape[1] == target.shape[1] == 5
        for s, t in zip(source.T.tolist(), target.T.tolist(), strict=True):
            assert (s, t) in pairs


def test_a_training_lowers_its_loss_and_tells_how_far_it_is() -> None:
    model = sentiment.net(4)
    ids, says = np.array([[1, 2], [3, 3]]), np.array([0, 1])
    losses, told = [], []

    def gradients() -> object:
        loss, dy = cross_entropy(model.forward(ids), says)
        losses.append(loss)
        return model.backward(dy)

    demos.train(model, gradients, 120, 1e-2, told.append)  # type: ignore[arg-type]
    assert losses[-1] < 0.1 < losses[0]
    assert told == [0, 100 / 120]


def test_the_files_are_small() -> None:
    """This is the size of all trained weights; the files contain only plain numbers and words."""
    files = list((assets_dir() / "weights").glob("*.npz"))
    assert {file.stem for file in files} >= set(NAMES)
    assert sum(file.stat().st_size for file in files) <= 2**20


@pytest.mark.long
def test_one_machine_makes_the_same_bits_twice() -> None:
    first, second = (maker("captions")(lambda share: None) for _ in range(2))
    assert all(np.array_equal(first[key], second[key]) for key in first)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_snapshot_is_made_again_as_it_is(name: str) -> None:
    """Its seed gives the same names, shapes and results; the bits may differ between machines."""
    made = maker(name)(lambda share: None)
    with np.load(assets_dir() / "weights" / f"{name}.npz", allow_pickle=False) as kept:
        assert set(kept) == set(made)
        for key in kept:
            assert kept[key].dtype == made[key].dtype
            assert kept[key].shape == made[key].shape
            if "right" in key or "by_length" in key:
                assert np.allclose(kept[key], made[key], atol=0.1)
