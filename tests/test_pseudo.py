"""The made-up language: longer by two fifths, and what a program reads stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.sentences import Sentence
from app.wording.catalogue import sentence
from app.wording.pseudo import stretch


@given(st.text(st.sampled_from("abcdefghijklmnoprstuvwz AEIO…:'"), max_size=60))
def test_it_is_longer_by_two_fifths(text: str) -> None:
    assert len(stretch(text)) == len(text) + -(-len(text) * 2 // 5)


def test_facts_and_marks_of_keys_stay() -> None:
    assert stretch("&Move {count} to {route}…").count("{count}") == 1
    assert stretch("&Move {count} to {route}…").startswith("&M")


def test_sentences_are_said_in_it_with_their_facts() -> None:
    said = sentence(Sentence.of("desktop.figure_orders", count=12), "pseudo")
    assert said.startswith("12 ")
    assert said != sentence(Sentence.of("desktop.figure_orders", count=12), "en")
