"""Part an article from the page it came on: the headline, and the lines that are no journalism.

Every rule is about a line's place, shape or vocabulary, or about its return in article after article of one
outlet; none is about a particular outlet. Where a rule is in doubt the line stays: a line of boilerplate that
is kept is a blemish, a line of news that is taken out is a loss.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

LEAST_ARTICLES = 3
LEAST_SHARE = 0.3

# A sentence that returns may be the background of a running story: it takes more to call it boilerplate.
LEAST_SENTENCES = 5
LEAST_SENTENCE_SHARE = 0.6

_EDGE = 3  # lines at either end of an article where outlets put what they put under every article
_HEAD = 12  # lines in which a headline is looked for


@dataclass(frozen=True)
class Piece:
    """What was taken out of a text: one or more lines that follow each other."""

    line: int  # of the text as it was given, counted from 1
    kind: str  # boilerplate, headline
    text: str
    reason: str


def clean(text: str, title: str | None = None, repeated: frozenset[str] = frozenset()) -> tuple[str, str | None, list]:
    """Take headline and boilerplate out of a text.

    Needs the text with newlines as \\n, its title where that is known, and the outlet's repeated lines where there
    are any. Gives the text that is left (its lines unchanged, in order; one empty line at most between two), the
    title, and a list of Piece: every line with something in it is either kept or in a piece.
    """
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    taken: dict[int, tuple[str, str]] = {}

    headline = _titled(lines, filled, title) if title else []
    taken |= {at: ("headline", "the headline, kept as the title") for at in headline}
    for at in filled:
        reason = _anywhere(lines[at]) or (key(lines[at]) in repeated and "stands in many articles of this outlet")
        if reason:
            taken.setdefault(at, ("boilerplate", reason))
    taken |= _teasers(lines, [at for at in filled if at not in taken], taken)

    open_lines = [at for at in filled if at not in taken]
    lead = next((at for at in open_lines if is_sentence(lines[at], 8)), None)
    if lead is not None:
        head = [at for at in open_lines if at < lead]
        taken |= _edge_lines(lines, head)
        if not title:
            headline = _headline(lines, [at for at in head if at not in taken])
            if headline:
                title = _plain(lines[headline[0]])
                taken[headline[0]] = ("headline", "the headline, kept as the title")
        if headline:
            above = [at for at in head if at < headline[0] and at not in taken and not is_sentence(lines[at], 8)]
            taken |= {at: ("boilerplate", "stands above the headline") for at in above}
        after = [at for at in filled if at > lead]
        taken |= _appeal(lines, [at for at in after if at not in taken])
        taken |= _tail(lines, after, taken)

    kept = "\n".join("" if at in taken else line.rstrip() for at, line in enumerate(lines))
    return re.sub(r"\n{3,}", "\n\n", kept).strip(), title, _pieces(lines, filled, taken)


def repeated(texts: Iterable[str]) -> frozenset[str]:
    """Find the lines that one outlet puts into article after article.

    Gives their keys. A line counts when at least three articles and three in ten have it; a sentence needs five
    and six in ten, at the beginning or the end of each. Versions of one article count once: what they share is
    the article.
    """
    articles = _once([[line.strip() for line in text.split("\n") if line.strip()] for text in texts])
    count, at_edge, sentences = Counter(), Counter(), set()
    for lines in articles:
        edge = {key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
        found = {key(line): line for line in lines}
        sentences.update(name for name, line in found.items() if is_sentence(line, 6))
        count.update(found.keys())
        at_edge.update(edge)
    found = {
        name
        for name, n in count.items()
        if name not in sentences and n >= max(LEAST_ARTICLES, LEAST_SHARE * len(articles))
    }
    found |= {name for name in sentences if at_edge[name] >= max(LEAST_SENTENCES, LEAST_SENTENCE_SHARE * len(articles))}
    return frozenset(found - {""})


def key(line: str) -> str:
    """Reduce a line to its letters and digits, so that two prints of it are equal."""
    return " ".join(re.findall(r"\w+", line.casefold()))


# What a line is ---------------------------------------------------------------------------------------------

_SOCIAL = r"(?:twitter|facebook|instagram|telegram|linkedin|youtube|threads|mastodon|bluesky|tiktok|whatsapp|x|rss)"
_CLICKS = rf"(?:share|tweet|e-?mail|print|save|copy link|link copied|bookmark|flipboard|reddit|pinterest|{_SOCIAL})"
_LABELS = (
    r"related(?: (?:stories|story|articles?|coverage|news|content|reading|topics|links))?|recommended(?: for you)?"
    r"|most (?:read|popular|viewed|shared)|trending(?: now)?|top stories|latest (?:news|stories|headlines)"
    r"|editor(?:s|[’']s|s[’'])? picks?|you (?:may|might) (?:also )?(?:like|be interested in)|up next|don[’']t miss"
    r"|in case you missed it|also (?:on|in|from) [\w’' ]{2,40}|more (?:from|on|about|in) [\w’', ]{2,60}|more stories"
    r"|read (?:more|also|next)|also read|see also"
)
_ADVERT = (
    r"(?:advertisements?|advertising|sponsored(?: content| by [\w ]{2,40})?|promoted content|paid content|skip ad|remove ads"
    r"|(?:story|article) continues (?:below|after).{0,40}|continue reading(?: the main story| below)?"
    r"|scroll (?:down )?to continue.{0,30})"
)
_NAVIGATION = (
    r"(?:skip to (?:main )?(?:content|navigation)|(?:main )?menu|home(?:page)?|search|log ?in|log ?out|sign in|register"
    r"|subscribe(?: now)?|donate(?: now)?|back to (?:top|home)|toggle navigation|(?:show|view|see|load) (?:more|all)"
    r"|(?:previous|next)(?: (?:article|story|post|page))?|close|contact us|about us|privacy (?:policy|notice)"
    r"|terms (?:of (?:use|service)|and conditions|& conditions)|newsletters?|my account|cookie (?:policy|settings)"
    r"|(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:comment|reply)|join the (?:conversation|discussion)|text size"
    r"|\d+ min(?:ute)?s?(?: read)?|\d+ (?:shares|likes|views))"
)
_WORDS = re.compile(r"\w+(?:[’'\-]\w+)*")
_ENDS = re.compile(r"[.!?…][\"”’')\]»]*$")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|''.*?(?:''|$)|‘[^’]*’(?!\w)")
_SAYS = re.compile(r"\b(?:said|says|saying|told|tells|according to|added|adds|wrote|announced|warned)\b", re.I)


def _rules(*rules: tuple[str, str]) -> tuple:
    return tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in rules)


# Of the whole line, without the full stop or colon at its end.
_ANYWHERE = _rules(
    ("a line without words", r"[\W_]+"),
    ("a locale code of the page", r"(?:(?-i:[a-z]{2}_[A-Z]{2})\w*\s*)+"),
    ("an advertising mark", rf"{_ADVERT}(?:[\s:.|–—-]+{_ADVERT})*"),
    ("a share line", rf"(?:share:? )?{_CLICKS}(?:[\s,/|•·]+(?:and |or |on |via |by )?{_CLICKS})*"),
    (
        "a share line",
        rf"share (?:this|the) (?:article|story|page|post|news)\b.{{0,60}}|share (?:on|via) {_SOCIAL}.{{0,60}}",
    ),
    (
        "a follow line",
        rf"(?:please |you can )?(?:follow|like|find|join) .{{1,90}}\b(?:on|at) (?:social media|{_SOCIAL})\b.{{0,90}}"
        rf"|on {_SOCIAL},? follow .{{1,90}}|{_SOCIAL}\s*:\s*@\w+|follow (?:us|@\w+)\b.{{0,60}}",
    ),
    ("a teaser for another article", r"(?:read|watch|listen|hear)(?: more| also| next| too| now)?\s*[:|>»].+"),
    ("a teaser for another article", r"(?:also read|see also|see more|related[\w ]{0,12}|more|recommended)\s*[:|>»].+"),
    (
        "a teaser for another article",
        r"(?:click (?:here )?to )?(?:continue to )?read (?:it all|more|(?:the )?(?:rest|full (?:story|article|report|text)"
        r"|whole (?:story|thing|article)|entire (?:story|article)|original(?: article)?)(?: of (?:the|this) "
        r"(?:story|article|report|piece))?)(?: (?:here|at|in|on|from|below)\b.{0,50})?",
    ),
    (
        "a copyright line",
        r"(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4}|[\w ]{2,40}\d{4})).{0,160}|.{0,120}\ball rights reserved\b.{0,120}"
        r"|.{0,160}\bmay not be (?:published|reproduced|republished|rewritten)\b.{0,120}",
    ),
    (
        "a photo credit",
        r"[(\[]?(?:file )?(?:photo(?:graph)?|image|picture|illustration|graphic)s?(?: credit| courtesy| source)?"
        r"\s*(?:\bby\b|\bvia\b|:|/|©).{1,100}|(?:credit|photo credit)s?\s*[:/].{1,100}",
    ),
    ("a photo credit", r"(?-i:(?:[A-Z][\w.’'-]+ ){1,3}/ ?(?:[A-Z][\w.&-]+ ?){1,4})"),
    ("a navigation line", _NAVIGATION),
    (
        "a navigation line",
        r"home\s*[>›»|/].{1,100}|(?:[^\W\d]{2,}(?: [^\W\d]+){0,2}\s+[|›»>•·]\s+){2,}[^\W\d]+(?: [^\W\d]+){0,2}",
    ),
    (
        "a note of the page",
        r"this is a (?:developing|breaking)(?: news)? story\b.{0,80}|.{0,60}\b(?:refresh|reload) (?:the|this) page\b.{0,60}"
        r"|(?:please )?check back (?:later )?for (?:more|updates).{0,40}|do not sell .{0,20}information|accept all"
        r"|(?:.{2,60} )?already an? (?:subscriber|member)\b.{0,40}|we value your privacy\b.{0,120}",
    ),
    ("a list of tags", r"(?:tags?|topics?|filed under|categories|keywords)\s*:.{1,160}"),
)

# Vocabulary that a news sentence may share: never a line that quotes somebody or says who said it.
_UNLESS_SAID = _rules(
    (
        "a cookie notice",
        r".{0,80}\b(?:we|(?:web)?site|partners|page)\b.{0,60}\buses? cookies\b.{0,300}"
        r"|.{0,200}\b(?:accept|reject|manage)(?: all)?(?: the| our)? cookies\b.{0,200}|.{0,40}\bcookie (?:notice|preferences)\b.{0,60}",
    ),
    (
        "an appeal to the reader",
        r"(?:.{0,120}[?!.:–—-] )?(?:please )?(?:subscribe (?:to|now|here|today|for)|sign[ -]up (?:here|now|today|for|to)"
        r"|donate (?:to|now|here|today)|become an? (?:member|supporter|subscriber|patron)|enter your e-?mail"
        r"|download (?:the|our) (?:free )?app|get .{2,60}\b(?:newsletter|(?:to|in) your inbox)|register (?:here|now|for free)"
        r"|support (?:us|independent|quality|our) (?:journalism|work|reporting|today|now|from|by)|(?:click|tap) here (?:to|for))"
        r"\b.{0,160}",
    ),
    (
        "an appeal to the reader",
        r".{0,120}\b(?:our|this|the|her|his) (?:\w+ ){0,3}newsletter\b.{0,40}\b(?:inbox|subscribe|sign[ -]up)\b.{0,80}"
        r"|.{0,120}\b(?:subscribe|sign[ -]up|register)\b.{0,60}\b(?:newsletter|your inbox|e-?mail (?:alerts?|updates?))\b.{0,80}",
    ),
)

# Only above the first paragraph or below the last.
_AT_EDGE = _rules(
    ("a date line of the page", r"(?:first )?(?:published|updated|posted|last (?:updated|modified))\b.{0,12}\d.{0,60}"),
    (
        "a byline",
        r"by (?-i:[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]+|de|van|von|al|bin)){1,3})(?:(?:,| and | in | for ).{2,80})?",
    ),
    (
        "a credit line",
        r"\(?(?:additional )?(?:reporting|writing|editing|translation|compiled|edited|translated|produced)"
        r"(?: and (?:reporting|writing|editing))? by .{2,200}|.{2,120} contributed (?:reporting|to this (?:report|story|article)).{0,60}",
    ),
    (
        "an address of the outlet",
        r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:tel(?:ephone)?|phone|fax|mobile)\b[.:]?\s*[+\d(][\d ()/.-]{5,}",
    ),
    ("the end mark of an agency", r"-?30-?|ends"),
)

_POSTAL = _rules(
    ("", r"(?-i:[A-Z][\w.’' -]{1,40},? [A-Z]{2},?) \d{5}(?:-\d{4})?(?:,? .{2,30})?"),
    ("", r"\d{1,5}[A-Z]?,? (?-i:(?:[NSEW]\.? |[A-Z0-9][\w.’'-]* ){1,5})(?:st|street|ave|avenue|rd|road|blvd|boulevard|lane|ln|drive"
         r"|dr|square|sq|way|plaza|court|ct|quay|row|highway|hwy|parkway|terrace)\b.{0,40}"),
    ("", r".{0,60}\b(?-i:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})"),
    ("", r"(?:(?-i:[A-Z]{1,2})[- ])?\d{4,6} (?-i:[A-Z]\w+(?:[ -][A-Z]\w+){0,3})(?:, .{2,30})?"),
    ("", r"(?:p\.? ?o\.? box|suite|floor|unit)\s+\w{1,8}\b.{0,60}"),
)  # fmt: skip
_POSTAL_LABEL = re.compile(
    r"(?:(?:physical|mailing|postal|our|street|office|editorial)\s+)?address(?:es)?|contact(?: us| details)?|(?:our|head|main)? ?offices?"
    r"|newsroom|headquarters",
    re.IGNORECASE,
)


def _core(line: str) -> str:
    return line.strip().rstrip(".:…").strip()


def _plain(line: str) -> str:
    return line.strip().lstrip("#").strip()


def _match(rules: tuple, line: str) -> str | None:
    core = _core(line)
    return next((reason for reason, pattern in rules if pattern.fullmatch(core)), None)


def _anywhere(line: str) -> str | None:
    if len(line) > 700:
        return None
    if not _core(line):
        return "a line without words"
    reason = _match(_ANYWHERE, line)
    if not reason and not _QUOTED.search(line) and not _SAYS.search(line):
        reason = _match(_UNLESS_SAID, line)
    return reason


def is_sentence(line: str, words: int) -> bool:
    """Tell whether a line has the end of a sentence and at least so many words."""
    return bool(_ENDS.search(line.strip())) and len(_WORDS.findall(line)) >= words


def _is_headline(line: str) -> bool:
    plain = _plain(line)
    words = _WORDS.findall(plain)
    return (
        3 <= len(words) <= 25
        and not plain[0].islower()
        and plain[-1] not in ".,:|"
        and not re.search(r"@|://|www\.|\||^by [A-Z]", plain, re.IGNORECASE)
        and sum(any(sign.isdigit() for sign in word) for word in words) <= len(words) / 3
    )


def _is_teaser(line: str) -> bool:
    """Tell a headline in title case from a sentence: no full stop, and most of its longer words capitals."""
    longer = [word for word in _WORDS.findall(line) if len(word) > 3]
    return _is_headline(line) and not _ENDS.search(line.strip()) and (
        len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)
    )  # fmt: skip


# Where it stands --------------------------------------------------------------------------------------------


def _titled(lines: list[str], filled: list[int], title: str) -> list[int]:
    """Find the line near the top, or the two or three, that print the title."""
    wanted = key(title)
    for first in range(min(_HEAD, len(filled))):
        for size in (1, 2, 3):
            run = filled[first : first + size]
            printed = key(" ".join(lines[at] for at in run))
            if printed and (printed == wanted or (len(wanted) > 20 and fuzz.ratio(printed, wanted) >= 92)):
                return run
    return []


def _headline(lines: list[str], head: list[int]) -> list[int]:
    """Choose the headline among the lines above the first paragraph: the first of five words, else the last."""
    shaped = [at for at in head[:_HEAD] if _is_headline(lines[at])]
    long = [at for at in shaped if len(_WORDS.findall(lines[at])) >= 5]
    return long[:1] or shaped[-1:]


def _edge_lines(lines: list[str], place: Sequence[int]) -> dict[int, tuple[str, str]]:
    found = {at: ("boilerplate", reason) for at in place if (reason := _match(_AT_EDGE, lines[at]))}
    postal = {at for at in place if _match(_POSTAL, lines[at]) is not None}
    if postal:
        labels = {at for at in place if _POSTAL_LABEL.fullmatch(_core(lines[at]))}
        found |= {at: ("boilerplate", "a postal address") for at in postal | labels}
    return found


def _teasers(lines: list[str], open_lines: list[int], taken: dict) -> dict[int, tuple[str, str]]:
    """Take a label such as "Related" with the headlines that stand under it."""
    found, listing = {}, False
    for at in open_lines:
        if re.fullmatch(_LABELS, _core(lines[at]), re.IGNORECASE):
            listing = True
        elif not (listing and _is_headline(lines[at]) and not _ENDS.search(lines[at].strip())):
            listing = False
        if listing:
            found[at] = ("boilerplate", "a teaser for another article")
    return found


_ADDRESS = re.compile(r"\b(?:you|your|yours|we|our|ours|us)\b", re.IGNORECASE)
_ASK = re.compile(
    r"\b(?:subscri(?:be|bers?|ptions?)|newsletters?|sign(?:ing)? up|donat(?:e|ing|ions?)|your (?:support|help|contribution|gift)"
    r"|contribut(?:e|ing|ions?)|support(?:ing)? (?:us|our|independent|quality|free)|becom(?:e|ing) an? (?:member|supporter|patron)"
    r"|membership|chip in|your inbox|our (?:journalism|newsroom|reporting|readers))\b",
    re.IGNORECASE,
)
_HELP = re.compile(r"\b(?:support|help|fund|back|join|give|keep)\b", re.IGNORECASE)
_PRESS = re.compile(
    r"\b(?:journalis(?:m|ts?)|newsrooms?|reporting|newspaper|readers|paywall|advertis(?:ers|ing)|a (?:day|week|month|year))\b",
    re.IGNORECASE,
)
_APPEAL_OPENS = re.compile(
    r"an? (?:message|note|word|appeal|letter|request) (?:from|to) .{2,60}|(?:our )?dear (?:friends|readers?|supporters?|subscribers?)\b.{0,30}"
    r"|before you go.{0,40}|(?:support|help|fund|stand with|donate to|keep) (?:[\w’'-]+ ?){1,7}|we need your (?:help|support)",
    re.IGNORECASE,
)


def _speaks_to_reader(line: str) -> bool:
    return bool(_ADDRESS.search(_QUOTED.sub(" ", line)))


def _appeal(lines: list[str], after: list[int]) -> dict[int, tuple[str, str]]:
    """Find where an outlet turns from its story to its readers, to the end of what it tells them.

    Such a stretch opens with a line like "A message from …" or "Dear readers", asks for something, and speaks
    of "you" and "we" outside quotation marks; a news story, or a speech in one, does not do all three.
    """
    for number, at in enumerate(after):
        if not _APPEAL_OPENS.fullmatch(_core(lines[at]).rstrip(",!")):
            continue
        rest = after[number + 1 :]
        prose = [n for n in rest if len(_WORDS.findall(lines[n])) >= 6]
        spoken = [n for n in prose if _speaks_to_reader(lines[n])]
        if 2 * len(spoken) < len(prose):
            last = next((i for i, n in enumerate(rest) if n in prose and n not in spoken), len(rest))
            rest = rest[:last]
        if any(_ASK.search(lines[n]) and _speaks_to_reader(lines[n]) for n in rest):
            return {n: ("boilerplate", "an appeal to the reader") for n in (at, *rest)}
    return {}


def _tail(lines: list[str], after: list[int], taken: dict) -> dict[int, tuple[str, str]]:
    """Take what stands below the last paragraph, from the end upwards."""
    found: dict[int, tuple[str, str]] = {}
    edge = _edge_lines(lines, after)
    for at in reversed(after):
        if at in taken:
            continue
        if at in edge:
            found[at] = edge[at]
        elif _is_teaser(lines[at]):
            found[at] = ("boilerplate", "a teaser for another article")
        elif _asks(lines[at]):
            found[at] = ("boilerplate", "an appeal to the reader")
        else:
            break
    return found


def _asks(line: str) -> bool:
    """Tell whether an outlet asks its readers for money, an address or company in this line."""
    if _QUOTED.search(line) or _SAYS.search(line) or not _speaks_to_reader(line):
        return False
    return bool(_ASK.search(line) or (_HELP.search(line) and _PRESS.search(line)))


# What comes of it -------------------------------------------------------------------------------------------


def _pieces(lines: list[str], filled: list[int], taken: dict[int, tuple[str, str]]) -> list[Piece]:
    blocks: list[list[int]] = []
    for before, at in zip([None, *filled], filled, strict=False):
        if at not in taken:
            continue
        if blocks and blocks[-1][-1] == before and taken[before] == taken[at]:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    return [
        Piece(block[0] + 1, *taken[block[0]][:1], "\n".join(lines[at].strip() for at in block), taken[block[0]][1])
        for block in blocks
    ]


def _once(articles: list[list[str]]) -> list[list[str]]:
    """Keep one of the versions of an article: those that share half of their longer lines with it."""
    kept: list[list[str]] = []
    seen: dict[str, list[int]] = {}
    for lines in articles:
        long = {key(line) for line in lines if len(line) >= 60}
        shared = Counter(number for line in long for number in seen.get(line, ()))
        if shared and 2 * shared.most_common(1)[0][1] >= len(long):
            continue
        for line in long:
            seen.setdefault(line, []).append(len(kept))
        kept.append(lines)
    return kept
