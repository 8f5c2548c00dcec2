"""Find apparent contradictions: leads for a journalist, never verdicts."""

from collections.abc import Mapping

import pandas as pd

from helpers.link import claims, conflicts, reasons, reported, wording
from helpers.story import digest

LEAST = 0.1  # score below which a pair is not worth a reader's time
COLUMNS = (
    "contradiction_id utterance_a utterance_b kind score reason explanation article_id start_char end_char status "
    "reviewer note reviewed_on"
).split()


def leads(articles: pd.DataFrame, statements: pd.DataFrame, linked: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Find the apparent contradictions of a story, the likeliest first.

    Needs `statements` with utterance_id, and of `linked` the tables mentions, actors and roles. Gives the
    `contradictions` table, every row a lead: those that an article itself reports, and pairs of utterances that share
    what they are about but not what they say of it. A pair is one lead, of the kind that scores most.
    """
    told = reported.find(articles, statements, linked["mentions"])
    found = claims.claims(statements, articles, linked["mentions"])
    by_utterance = {claim.utterance: claim for claim in found}
    say = reasons.Writer(linked["actors"], linked["roles"])
    rows = []
    for report in told:
        pair = by_utterance[report.first], by_utterance[report.second]
        rows.append(_lead(pair, "reported", report.score, say.reported(*pair, report.words), say.explanation(*pair)))
        rows[-1] |= {"article_id": report.article, "start_char": report.start, "end_char": report.end}
    rare = wording.rarity(claim.terms for claim in found)
    for earlier, later in claims.pairs(found, rare):
        pair = found[earlier], found[later]
        if not conflicts.grounds(*pair):
            continue
        features = conflicts.features(*pair, rare)
        if (score := conflicts.score(features)) >= LEAST:
            kind = conflicts.kind(*pair)
            rows.append(_lead(pair, kind, score, say.reason(*pair, kind), say.explanation(*pair)))
    table = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    table = table.sort_values(["score", "contradiction_id"], ascending=[False, True])
    return table.drop_duplicates(["utterance_a", "utterance_b"]).reset_index(drop=True)


def _lead(pair: tuple, kind: str, score: float, reason: str, explanation: str | None) -> dict:
    one, other = sorted(claim.utterance for claim in pair)
    return {
        "contradiction_id": digest("contradiction", one, other),
        "utterance_a": one,
        "utterance_b": other,
        "kind": kind,
        "score": round(score, 3),
        "reason": reason,
        "explanation": explanation,
        "article_id": None,
        "start_char": None,
        "end_char": None,
        "status": "lead",
        "reviewer": None,
        "note": None,
        "reviewed_on": None,
    }
