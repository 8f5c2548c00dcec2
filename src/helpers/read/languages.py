"""Tell the language of an article: what its file states, unless the text plainly shows another."""

from functools import cache
from importlib import resources

from py3langid.langid import LanguageIdentifier

ENOUGH = 2_000  # signs of a text that tell its language
LEAST = 100  # letters of a text from which its language can be told
SURE = 0.99  # probability from which the text is believed more than what is stated of it


def read(text: str, stated: str | None, usual: str) -> str:
    """Give the language code of a text: as stated, as the text shows, or the story's usual one.

    Pages often state the language of their template and feeds that of their house. So a text that shows another with
    certainty is believed. By langid (Lui and Baldwin 2012, "langid.py: An off-the-shelf language identification
    tool"), in py3langid.
    """
    known = stated or usual
    text = text[:ENOUGH]
    if sum(map(str.isalpha, text)) < LEAST:
        return known
    shown, probability = _identifier().classify(text)
    return shown if probability >= SURE and shown != known.lower().replace("_", "-").split("-")[0] else known


@cache
def _identifier() -> LanguageIdentifier:
    with resources.as_file(resources.files("py3langid") / "data" / "model.npz.xz") as path:
        return LanguageIdentifier.from_model_file(path, norm_probs=True)
