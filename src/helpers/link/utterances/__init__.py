"""Tell which statements report the same words: one speech act is one utterance, however many outlets carry it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

import pandas as pd

from helpers.link import matters, quantities, wording
from helpers.link.utterances import reprints
from helpers.story import digest

SLACK = 3  # days between what is said and a report that gives no day
DAYS = 10  # between two reports of the same words beyond which they were said twice
BACK = 120  # where the later report says that it looks back ("had promised")
SHINGLE = 4  # words that stand in the same order in both
REPEATED = 0.45  # of what two reports of one speaker say, from which they report the same words
RECALLED = 0.3  # the same where an article gives the very day on which the other says that it was said
REPRINTED = 0.4  # of all that the two say, in an article and its reprint, whoever is taken for the speaker
RETOLD = 0.3  # the same in a headline and the text under it, where a speaker is unresolved
HEADED = 0.15  # the same where both are one speaker's
LED = 0.3  # how alike a headline and the statement that leads the text count where they share no word
LEADS = 0.2  # and by how much more where they do
TELLING = 1.2  # weight of the shared terms below which they may be chance; a term that stands once weighs 1
COUNTED = 0.6  # the same where one of the terms is a number
QUOTED = 1.5  # the same where a speaker is unresolved
RECENT = 40  # earlier statements with a term that a statement is compared with
MOST = 80  # earlier statements that a statement is compared with, from which it is compared with no more
# Of the statements, and of their articles, what is read.
READ = (
    "statement_id article_id origin outlet part content speaker_id described form act cue negated within_id "
    "said_from said_to said_precision reported_at"
).split()
COLUMNS = (
    "utterance_id speaker_id matter_id content said_from said_to statements outlets origins first_reported_at "
    "first_outlet"
).split()
_REFUSES = re.compile(
    r"\b(?:rul(?:e|ed|es|ing) out|laugh(?:ed|s)? off|brush(?:ed|es)? (?:aside|off)|dash(?:ed|es)? hopes|"
    r"stop(?:ped|s)? short)\b",
    re.I,
)
_ASKED = re.compile(r"\W*(?:whether|if)\b", re.I)  # how what was only asked begins
_POINTS = re.compile(r"\W*(?:it|things|that|this|so)(?: \w+ly| otherwise| so)?\W*", re.I)  # points to what follows
_AGAIN = re.compile(r"\b(?:st(?:uck|icks?) to|st(?:ood|ands?) by|repeat(?:ed|s)|reiterat(?:ed|es))\b", re.I)
_LOOKS_BACK = re.compile(r"\b(?:had|has|have|once|earlier|previously|repeatedly|promise|claim|account|boast)\b", re.I)


@dataclass(frozen=True, slots=True)
class Report:
    """What of a statement tells whether it reports the same words as another."""

    origin: str  # the article it stands in, or that of which the article is a reprint
    article: str
    title: bool
    opens: str  # "asked", "bare" or "": whether it says nothing of its own
    order: int  # among the statements of its article
    speaker: str | None
    voice: str | None  # the speaker, or the words for one who is unresolved
    terms: frozenset[str]
    runs: frozenset[int]  # of words, as hashes: those that stand in another statement too
    size: int  # number of all its runs
    numbers: frozenset[float]
    negated: bool
    form: str
    day: float | None  # of the report; days are counted as date.toordinal does
    said: tuple[int, int] | None  # where the article says on which day
    back: bool
    again: bool  # its cue says that it was said before
    statement: str
    within: str | None


def link(statements: pd.DataFrame, articles: pd.DataFrame, subjects: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group the statements that report the same words of the same speaker within days.

    Needs `statements` with speaker_id, `articles` with near_duplicate_of, and `matters`. Gives the statements with
    their utterance_id, and the `utterances` table, where `origins` counts the reprints of one article once. Reports of
    one speaker are the same where they share most of what they say, a headline where it shares most with a statement
    under it, and statements of an article and its reprint; with an unresolved speaker a long verbatim quotation must be
    shared. Only statements that share a term of their speaker are compared, so the cost is not quadratic.
    """
    first = reprints.origins(articles)
    told = statements.merge(articles[["article_id", "outlet"]], on="article_id", how="left", validate="many_to_one")
    told = told.sort_values(["reported_at", "article_id", "part", "cue_start", "statement_id"], na_position="last")
    told = told.assign(origin=told["article_id"].map(first))[READ].reset_index(drop=True)
    statement_ids = told["statement_id"].tolist()
    told = told.astype(object).where(told.notna(), None)
    reported = list(told.itertuples(index=False, name="Reported"))
    del told
    listed = matters.Subjects(subjects)
    ids = [""] * len(reported)
    rows = []
    times: Counter[str] = Counter()
    for group in groups(reported):
        row = _utterance([reported[place] for place in group], listed)
        times[row["utterance_id"]] += 1
        if times[row["utterance_id"]] > 1:  # the same words again in one article, said by somebody else
            row["utterance_id"] = digest("utterance", row["utterance_id"], times[row["utterance_id"]])
        rows.append(row)
        for place in group:
            ids[place] = row["utterance_id"]
    assigned = dict(zip(statement_ids, ids, strict=True))
    linked = statements.assign(utterance_id=[assigned[one] for one in statements["statement_id"]])
    return linked, pd.DataFrame(rows, columns=COLUMNS).astype(object)


def changes(earlier: str, later: str) -> pd.DataFrame:
    """Show what a later report of the same words kept, cut or added.

    Gives a row for each stretch of words in order: `change` (kept, cut, added) and `words`. Case and punctuation do not
    count as a change; a changed word is one cut and one added.
    """
    first, second = earlier.split(), later.split()
    rows = []
    for kind, a, b, c, d in opcodes(first, second):
        if kind == "equal":
            rows.append(("kept", " ".join(second[c:d])))
            continue
        rows += [("cut", " ".join(first[a:b]))] if b > a else []
        rows += [("added", " ".join(second[c:d]))] if d > c else []
    return pd.DataFrame(rows, columns=["change", "words"])


def opcodes(first: list[str], second: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Tell which stretches of two lists of words are the same but for case and marks, as difflib does."""
    match = SequenceMatcher(a=[_bare(word) for word in first], b=[_bare(word) for word in second], autojunk=False)
    return match.get_opcodes()


def _bare(word: str) -> str:
    return re.sub(r"\W+", "", word.lower()) or word


def groups(told: list) -> list[list[int]]:
    """Group the rows of a table of statements, sorted by time, that report the same words; gives their places."""
    reports = _reports(told)
    rare = wording.rarity(report.terms for report in reports)
    members = {place: [place] for place in range(len(reports))}
    group = list(range(len(reports)))
    for place, others in enumerate(_candidates(reports, rare)):
        for other in _liked(place, others, reports, rare):
            one, two = sorted((group[other], group[place]))
            if one != two and _agree(members[one], members[two], reports):
                for moved in members[two]:
                    group[moved] = one
                members[one] = sorted(members[one] + members.pop(two))
    return [members[place] for place in sorted(members)]


def _liked(place: int, others: set[int], reports: list[Report], rare: dict[str, float]) -> list[int]:
    """Give the earlier reports that report the same words as one, the likest first."""
    own = reports[place]
    heads = set()
    if own.title:
        heads = {other for other in others if reports[other].article == own.article and not reports[other].title}
    liked = {other: _likeness(reports[other], own, rare) for other in others - heads}
    if heads:
        told, likeness = _told_under(own, [(other, reports[other]) for other in sorted(heads)], rare)
        liked |= {told: likeness}
    return sorted((other for other in liked if liked[other]), key=lambda other: (-liked[other], other))


def _told_under(head: Report, body: list[tuple[int, Report]], rare: dict[str, float]) -> tuple[int, float]:
    """Give the statement under a headline of which the headline is made, and how alike they are, 0 where none is.

    It is the likest that may be of its speaker; where they share no word, the one that leads the text.
    """
    found = [(0.0, 0, 0)]
    for place, one in body:
        if None not in (head.speaker, one.speaker) and head.speaker != one.speaker:
            continue
        alike = wording.alike(one.terms, head.terms, rare)
        known = head.speaker is not None and head.speaker == one.speaker
        agreed = head.negated == one.negated or bool(head.numbers & one.numbers)
        if alike >= (HEADED if known else RETOLD) and (known or agreed):
            found.append((alike + LEADS * (one.order == 0), -one.order, place))
        elif one.order == 0 and agreed:
            found.append((LED, 0, place))
    alike, _, place = max(found)
    return place, alike


def _reports(told: list) -> list[Report]:
    orders: dict[str, int] = defaultdict(int)
    found = []
    every = wording.runs((row.content for row in told), SHINGLE)
    for row, (runs, size) in zip(told, every, strict=True):
        dated = row.said_precision in ("day", "week", "month") and None not in (row.said_from, row.said_to)
        found.append(
            Report(
                origin=row.origin,
                article=row.article_id,
                title=row.part == "title",
                opens="asked" if _ASKED.match(row.content) else "bare" if _POINTS.fullmatch(row.content) else "",
                order=orders[row.article_id],
                speaker=row.speaker_id,
                voice=row.speaker_id or row.described,
                terms=frozenset(wording.terms(row.content)),
                runs=runs,
                size=size,
                numbers=wording.few(number.value for number in quantities.find(row.content)),
                negated=row.negated or row.act == "deny" or bool(_REFUSES.search(row.cue or "")),
                form=row.form,
                day=None if row.reported_at is None else _ordinal(row.reported_at),
                said=(row.said_from.toordinal(), row.said_to.toordinal()) if dated else None,
                back=bool(_LOOKS_BACK.search(row.cue or "")) or row.within_id is not None,
                again=bool(_AGAIN.search(row.cue or "")),
                statement=row.statement_id,
                within=row.within_id,
            )
        )
        orders[row.article_id] += row.part != "title"
    speaking = {(one.article, one.speaker) for one in found if not one.title}
    # A headline's source that does not speak in the text, a government or a capital, stands for somebody who does.
    return [
        replace(one, speaker=None) if one.title and (one.article, one.speaker) not in speaking else one for one in found
    ]


def _candidates(reports: list[Report], rare: dict[str, float]) -> Iterator[set[int]]:
    """Give for each report the earlier ones that may report the same words."""
    articles, origins, runs = wording.Recent(RECENT), wording.Recent(RECENT), wording.Recent(RECENT)
    speakers: dict[str, wording.Recent] = defaultdict(lambda: wording.Recent(RECENT))
    for place, report in enumerate(reports):
        others = {*articles.of(report.article), *origins.of(report.origin)}
        for run in report.runs:
            others.update(runs.of(run))
        if report.speaker is not None:
            own = speakers[report.speaker]
            for _, term in sorted((-rare.get(term, 1.0), term) for term in report.terms):
                if len(others) >= MOST:
                    break
                others.update(own.of(term))
            own.add(report.terms, place)
        yield others
        articles.add((report.article,), place)
        origins.add((report.origin,), place)
        runs.add(report.runs, place)


def _likeness(one: Report, other: Report, rare: dict[str, float]) -> float:
    """Give how alike an earlier and a later report are, 0 where they do not report the same words."""
    if one.within == other.statement or other.within == one.statement:
        return 0.0
    if one.article != other.article and one.origin == other.origin:
        shared = wording.weight(one.terms & other.terms, rare)
        kept = shared / wording.weight(one.terms | other.terms, rare) if shared else float(one.terms == other.terms)
        if kept >= REPRINTED:
            return 1 + kept
    known = one.speaker is not None and one.speaker == other.speaker
    if one.speaker is not None and other.speaker is not None and not known:
        return 0.0
    if one.article == other.article and not _leads_in(one, other):
        return 0.0
    both = one.runs & other.runs
    long = len(both) >= SHINGLE
    if one.article != other.article and not known and not long:
        return 0.0
    if not _same_days(one, other) or _numbers_differ(one, other):
        return 0.0
    shared = wording.weight(one.terms & other.terms, rare)
    if one.article == other.article:
        return max(wording.alike(one.terms, other.terms, rare), RETOLD) if _retells(one, other, shared) else 0.0
    if known and one.negated != other.negated and not (long or (one.day and other.day)):
        return 0.0  # of no day that is known: what somebody says is so, and says is not so, was said twice
    if known:
        alike = wording.alike(one.terms, other.terms, rare) if long or shared >= COUNTED else 0.0
        verbatim = bool(both) and shared >= TELLING
        number = alike >= REPEATED and bool(one.numbers & other.numbers)
        retold = alike >= REPEATED and shared >= TELLING
        retold |= alike >= RECALLED and one.negated == other.negated and _dated(one, other)
        return max(alike, REPEATED) if long or verbatim or retold or number else 0.0
    whole = len(both) == min(one.size, other.size)
    return max(wording.alike(one.terms, other.terms, rare), REPEATED) if whole or shared >= QUOTED else 0.0


def _leads_in(one: Report, other: Report) -> bool:
    """Tell whether a report only leads in to the quotation that follows it: he ruled out talks; "No talks", he said."""
    return other.order - one.order == 1 and one.form == "indirect" and other.form == "direct"


def _retells(one: Report, other: Report, shared: float) -> bool:
    """Tell whether a quotation gives the words that the report before it retold, by what they share.

    A lead that names its source by a description alone is retold by the first who is quoted under it.
    """
    if one.opens == "asked" or one.voice is None:
        return False
    if one.voice == other.voice:
        alike = one.negated and other.negated
        return shared > 0 or alike or one.opens == "bare" or (one.order == 0 and one.negated == other.negated)
    return one.order == 0 and one.speaker is None and other.speaker is not None and shared > 0


def _same_days(one: Report, other: Report) -> bool:
    if one.said and other.said:
        return _meet(one.said, other.said) or _quoted(one, other)
    if one.day is None or other.day is None:
        return True
    if other.said:
        return _meet(other.said, (int(one.day) - SLACK, int(one.day)))
    return abs(other.day - one.day) <= (BACK if other.back else DAYS)


def _dated(one: Report, other: Report) -> bool:
    """Tell whether a later report gives the very day of an earlier one, and neither alone says it again."""
    if not other.said or other.said[0] != other.said[1]:
        return False
    if one.again != other.again:
        return False
    day = one.said or (one.day and (int(one.day), int(one.day)))
    return bool(day) and day[0] == day[1] == other.said[0]


def _quoted(one: Report, other: Report) -> bool:
    """Tell whether two reports quote the same words, given on days so near that one of the days is a slip."""
    near = _meet(one.said, (other.said[0] - SLACK, other.said[1] + SLACK))
    return near and len(one.runs & other.runs) >= 0.5 * min(one.size, other.size) > 0


def _ordinal(when: datetime) -> float:
    return when.toordinal() + (when.hour * 60 + when.minute) / 1440


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _numbers_differ(one: Report, other: Report) -> bool:
    return bool(one.numbers and other.numbers) and not one.numbers & other.numbers


def _told_apart(one: Report, other: Report) -> bool:
    """Tell whether an article gives two reports as two things that were said."""
    if one.article != other.article or one.title or other.title:
        return False
    return not (_leads_in(one, other) or _leads_in(other, one) or one.runs & other.runs)


def _agree(one: list[int], two: list[int], reports: list[Report]) -> bool:
    """Tell whether two groups may be one: no statement with one that it holds, no two speakers, no two days.

    A reprint has the speaker and the day of its origin, whatever was read in it.
    """
    for first in one:
        for second in two:
            a, b = reports[first], reports[second]
            if a.within == b.statement or b.within == a.statement or _told_apart(a, b):
                return False
            if a.origin == b.origin and a.article != b.article:
                continue
            if a.speaker is not None and b.speaker is not None and a.speaker != b.speaker:
                return False
            if a.said and b.said and not _meet(a.said, b.said) and not _quoted(a, b):
                return False
    return True


def _utterance(members: list, subjects: matters.Subjects) -> dict:
    first = members[0]
    contents = [row.content for row in members]
    dated = [row for row in members if row.said_from is not None]
    dated = [row for row in dated if row.said_precision != "report"] or dated
    speakers = [row.speaker_id for row in members if row.speaker_id is not None]
    return {
        "utterance_id": digest("utterance", *wording.words(first.content), first.article_id, first.part),
        "speaker_id": max(sorted(set(speakers)), key=speakers.count) if speakers else None,
        "matter_id": subjects.about(" ".join(contents)),
        "content": wording.fullest(contents),
        "said_from": min((row.said_from for row in dated), default=None),
        "said_to": max((row.said_to for row in dated if row.said_to is not None), default=None),
        "statements": len(members),
        "outlets": len({row.outlet for row in members if row.outlet is not None}),
        "origins": len({row.origin for row in members}),
        "first_reported_at": first.reported_at,
        "first_outlet": first.outlet,
    }
