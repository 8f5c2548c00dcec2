"""Find apparent contradictions: leads for a journalist, never verdicts."""

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from helpers.link import wording
from helpers.link.contradictions import claims, conflicts, reasons, reported
from helpers.story import digest

# A cue by which nobody says anything: "his words appear to contradict".
APPEARS = r"(?i)(?:appear|seem)(?:s|ed|ing)?\b.*"
AGAIN = 0.75  # of its chance, for a lead that shows little beyond a better one: by recall at 50 on five read stories
LEAST = 0.05  # score below which a pair is not worth a reader's time
COLUMNS = (
    "contradiction_id utterance_a utterance_b kind score reason explanation article_id start_char end_char status "
    "reviewer note reviewed_on"
).split()


def leads(articles: pd.DataFrame, statements: pd.DataFrame, linked: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Find the apparent contradictions of a story, the likeliest first.

    Needs `statements` with utterance_id, and of `linked` the tables mentions, times, actors and roles. Gives the
    `contradictions` table, every row a lead: those that an article itself reports, and pairs of utterances that share
    what they are about but not what they say of it. A pair is one lead: reported where an article reports it, with
    the best score that it has, less where a better lead shows nearly the same.
    """
    statements = _said(statements)
    found = gather(statements, linked)
    by_utterance = {claim.utterance: claim for claim in found}
    rare = wording.rarity(claim.terms for claim in found)

    def weigh(one: str, other: str) -> float:
        return conflicts.score(conflicts.features(by_utterance[one], by_utterance[other], rare))

    told = reported.find(articles, statements, linked["mentions"], weigh)
    say = reasons.Writer(linked["actors"], linked["roles"])
    given: dict[frozenset[str], dict] = {}  # by articles
    for report in told:
        pair = by_utterance[report.first], by_utterance[report.second]
        lead = _lead(pair, "reported", report.score, say.reported(*pair, report.words), say.explanation(*pair))
        lead |= {"article_id": report.article, "start_char": report.start, "end_char": report.end}
        given[frozenset((report.first, report.second))] = lead
    made = list(given.values())
    for earlier, later in claims.pairs(found, rare):
        pair = found[earlier], found[later]
        if not conflicts.grounds(*pair):
            continue
        score = conflicts.score(conflicts.features(*pair, rare))
        if lead := given.get(frozenset(claim.utterance for claim in pair)):
            lead["score"] = max(lead["score"], round(score, 3))
        elif score >= LEAST:
            kind = conflicts.kind(*pair)
            made.append(_lead(pair, kind, score, say.reason(*pair, kind), say.explanation(*pair)))
    _set_back(made, by_utterance)
    rows = [tuple(lead[column] for column in COLUMNS) for lead in made]
    table = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    return table.sort_values(["score", "contradiction_id"], ascending=[False, True], ignore_index=True)


def _set_back(made: list[dict], by_utterance: Mapping[str, claims.Claim]) -> None:
    """Set back leads that hold a claim against more of what one speaker says in one article than a better lead does.

    They show a reader little that is new: maximal marginal relevance (Carbonell and Goldstein 1998).
    """
    met: dict[str, set[tuple[str, str]]] = defaultdict(set)  # of an utterance, who was held against it in which article
    for lead in sorted(made, key=lambda lead: (-lead["score"], lead["contradiction_id"])):
        one, other = (by_utterance[lead[side]] for side in ("utterance_a", "utterance_b"))
        sides = [
            (claim.utterance, {(against.speaker, article) for article in against.articles if against.speaker})
            for claim, against in ((one, other), (other, one))
        ]
        if any(met[utterance] & places for utterance, places in sides):
            lead["score"] = round(AGAIN * lead["score"], 3)
        for utterance, places in sides:
            met[utterance] |= places


def gather(statements: pd.DataFrame, linked: Mapping[str, pd.DataFrame]) -> list[claims.Claim]:
    """Give the claims of a story among which its leads are found."""
    return claims.claims(_said(statements), linked["mentions"], linked["times"])


def _said(statements: pd.DataFrame) -> pd.DataFrame:
    return statements[~statements["cue"].fillna("").astype(str).str.fullmatch(APPEARS)]


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
