"""Past or future: which way the verb points, so that "Tuesday" is the last one or the next.

The idea is HeidelTime's (Strötgen and Gertz 2010): the closest verb decides. HeidelTime asks a part-of-speech
tagger; news English gives it away by form, so a list of forms is enough and costs a hundredth.
"""

import re

REACH = 120  # characters to either side that are looked at; a clause of news is seldom longer

_EXPECT = (
    "expect|schedul|plann?|slat|suppos|propos|due|set|bound|prepar|intend|hop|aim|agree|promis|vow|pledg|want|wish|"
    "need|decid|threaten|ready|likely|able|about|is|are|be|was|were|has|have|had|deadline|seek"
)
_FUTURE = (
    r"will|shall|won['’]t|\w{1,12}['’]ll|would|should|could|might|can|must|upcoming|forthcoming|coming|"
    r"scheduled|expected|planned|slated|due|set\s(?:for|to)|tentatively|effective|payable|until|to\sbe|"
    r"going\sto|expects?|plans?|intends?|hopes?|"
    rf"(?:{_EXPECT})(?:e?s|e?d|ing)?\sto(?=\s[a-z])|"
    r"begins|starts|opens|resumes|expires|ends|meets|takes\seffect|votes|leaves|arrives|goes|comes|holds|faces|"
    r"(?<!not\s)(?<!n.t\s)(?:meet|begin|resume|expire|arrive|convene|gather)|"
    r"as\s(?:soon|early|late)\sas"
)
_PAST = (
    r"(?:had\s(?:\w{2,12}\s)?been|was|were)\s\w{2,12}(?<!ing)\sto\s\w{2,12}|"
    # A participle after "be" or an article is no past: "will be named", "a still unspecified date".
    r"(?<!\sbe\s)(?<!\sa\s)(?<!\san\s)(?<!\sthe\s)(?<!\sits\s)(?<!\shis\s)(?<!\sher\s)(?<!\stheir\s)(?<!\sstill\s)"
    r"(?-i:[a-z]{2,14}(?<!e)ed|told|met|left|came|went|took|gave|made|began|became|got|held|led|fell|rose|grew|won|"
    r"lost|sent|spoke|wrote|saw|found|brought|bought|sold|kept|paid|put|ran|struck|shot|hit|cut|set|shut|quit|beat|"
    r"broke|chose|drew|drove|fled|flew|fought|froze|hurt|knew|laid|let|lay|read|rang|rode|sank|sat|sought|shook|shed|"
    r"slid|slept|spent|split|spread|stood|stole|swore|swept|taught|thought|threw|understood|woke|wore|withdrew|tore|"
    r"built|caught|dealt|felt|forgot|hid|lent|meant|overthrew|stuck|undertook|ate|bore|heard)|"
    r"was|were|had|has|have|did|said|ago|since"
)
_MARK = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b", re.IGNORECASE)
# "On Tuesday the council planned to vote": what comes after the day is the verb of the sentence, and past.
_ACTIVE = re.compile(r"(?<!\sis\s)(?<!\sare\s)(?<!\sbe\s)\b[a-z]{2,14}ed(?:\sto)?\Z", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;!?:][\s\"”’']|\n\s{0,4}\n")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Jr|Sr|Inc|Corp|Co|Ltd|No|Prof|Rev|Sgt|Capt|Maj|Adm|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri)\Z"
)


def future(text: str, start: int, end: int) -> bool | None:
    """Tell whether the clause around a span points to the future; None where no verb tells.

    The nearest verb before the span in its clause decides, else the first one after it. "Tuesday's vote" has its
    verb after it.
    """
    before = _clause(text[max(0, start - REACH) : start])
    mark = max(_MARK.finditer(before), key=lambda mark: mark.start(), default=None)
    # "Until Tuesday, he had not ..." waits for its verb, as "As late as"; "extended until Tuesday" has had it.
    waits = mark is not None and mark[0].lower().split()[0] in ("until", "as")
    waiting = waits and not before[: mark.start()].strip(" \n\"'“‘`")
    owner = re.match(r"['’]s\b", text[end : end + 3]) is not None
    if mark is None or waiting or owner:
        after = text[end : end + REACH]
        stop = _CLAUSE.search(after)
        first = _MARK.search(after, 0, stop.start() if stop else len(after))
        if first and _ACTIVE.search(text, end, end + first.end()):
            return False
        mark = first if owner else first or mark
    return None if mark is None else mark["future"] is not None


def _clause(before: str) -> str:
    """Blank out what stands before the last end of a clause; the full stop of an abbreviation ends none."""
    for stop in _CLAUSE.finditer(before):
        if stop.end() < len(before) and not _ABBREVIATION.search(before, max(0, stop.start() - 5), stop.start()):
            before = " " * stop.end() + before[stop.end() :]
    return before
