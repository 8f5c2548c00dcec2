"""Find the people, organisations and places that an article names, and tell which mentions are one actor."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from helpers.annotate import tagger
from helpers.annotate.actors import firms
from helpers.annotate.actors import names as first_names
from helpers.annotate.tagger.paths import KINDS

# Words before a name that are no part of it.
HONORIFICS = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f",
    "dr": "", "prof": "", "professor": "", "rev": "", "judge": "", "justice": "", "president": "", "vice": "",
    "sen": "", "senator": "", "rep": "", "representative": "", "gov": "", "governor": "", "mayor": "", "gen": "",
    "general": "", "col": "", "colonel": "", "capt": "", "captain": "", "lt": "", "sgt": "", "secretary": "",
    "minister": "", "prime": "", "premier": "", "chancellor": "", "king": "m", "queen": "f", "prince": "m",
    "princess": "f", "congressman": "m", "congresswoman": "f", "ambassador": "", "chairman": "m", "chairwoman": "f",
    "spokesman": "m", "spokeswoman": "f", "councilman": "m", "councilwoman": "f", "attorney": "", "former": "",
    "deputy": "", "foreign": "", "defense": "", "defence": "", "interior": "", "finance": "", "pope": "m",
}  # fmt: skip
KIN = re.compile(
    r"\b(?:(?P<she>wife|widow|daughter|sister|mother|grandmother)|husband|widower|son|brother|father|grandfather)"
    r"(?P<comma>,)?\s$"
)
PERSONAL = {"mr", "mrs", "ms", "miss", "sir", "lord", "lady", "dame", "dr", "prof", "rev", "sen", "rep", "gov"}
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
LEADING = re.compile(r"(?:(?:the|a|an)\s+)+", re.IGNORECASE)
TRAILING = re.compile(r"(?:['’]s?|[\s,.;:!?\"”’)\]-])+$")
WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?\.?")
OWNED = re.compile(r"(?:['’]s?|,)\s+(?=[^\W\d_])")
PERSON = re.compile(
    r"(?<![\w’'-])(?=(?P<name>(?P<first>[A-Z][a-z]+)(?: [A-Z]\.)? (?P<last>[A-Z][a-z]+(?:[-’'][A-Z])?[a-z]+)(?!\w)))"
)
# First names that are also words, which may begin a sentence.
WORDS = set("Will Mark Bill Hope Grace Joy Rose Dawn May April June Guy Christian Max Dean Jack Rob Art Faith".split())
# Campaigns are named by what they ask for: "Save the Ford". In quotation marks it may be a call.
CAMPAIGN = re.compile(
    r"(?<![“\"‘'\w-])(?:Ban|Bring Back|Build|Count|Defend|End|Feed|Fight|Fix|Free|Fund|Heal|Help|Keep|Open|Protect|"
    r"Rebuild|Reclaim|Rescue|Restore|Save|Scrap|Stop|Take Back|Unite) (?:the|our|Our|The) "
    r"(?!(?:President|Prime|Minister|Mayor|Governor|King|Queen|Council|Government|Chancellor|Premier|Senate)\b)"
    r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?![\w’'])"
)
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")  # U.S., I.R.S
LOCATIVE = re.compile(r"\b(?:in|at|near|into|across|outside|around|throughout|inside|via)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """Words that name an actor: a half-open span, the actor's fullest name in the article, how it is named."""

    start: int
    end: int
    text: str
    label: str  # person, organisation, place, group
    actor: str | None  # None: the name fits more than one actor of the article
    kind: str  # name, alias
    confidence: float


def find(text: str) -> list[Mention]:
    """Find every mention of a named actor, in order; mentions of one actor carry the same `actor`.

    Names are found by the pass that finds statements; a surname, first name or acronym by itself is an alias of
    the one fuller name in the article that it fits, and of none where it fits several.
    """
    names = named(text, tagger.names(text))
    full = {label: _fullest([text[s:e] for s, e, kind in names if kind == label]) for label in KINDS}
    full["person"] = _surnamed(full["person"])
    names = _again(text, names, full["person"])
    shorter = firms.short(text, names, full)
    names = [(start, end, "organisation" if text[start:end] in shorter else label) for start, end, label in names]
    full["organisation"] |= shorter
    mentions, met = [], set()
    for start, end, label in names:
        words = text[start:end]
        actor, kind, confidence = _identify(words, label, full[label], met, _titled(text, start))
        mentions.append(Mention(start, end, words, label, actor, kind, confidence))
        if label == "person" and actor and len(key(words)) > 1:
            met.add(actor)
    return mentions


def genders(text: str, mentions: list[Mention]) -> dict[str, str]:
    """Give 'm' or 'f' for each person whom a title or a word of kin before the name tells, or else the first name.

    "Mrs. Lind", "his wife Ida", "his daughter, Ida, a student".
    """
    votes: dict[str, Counter] = {}
    people = [mention for mention in mentions if mention.label == "person" and mention.actor is not None]
    for mention in people:
        if title := _titled(text, mention.start) or _kin(text, mention):
            votes.setdefault(mention.actor, Counter())[title] += 1
    told = {actor: next(iter(votes[actor])) for actor in votes if len(votes[actor]) == 1}
    usual = {mention.actor: first_names.gender(mention.actor.split()[0]) for mention in people}
    return {actor: kind for actor, kind in sorted((usual | told).items()) if kind and len(votes.get(actor, "1")) == 1}


def _titled(text: str, start: int) -> str:
    before = WORD.findall(text[max(0, start - 24) : start])
    return HONORIFICS.get(before[-1].rstrip(".").lower(), "") if before else ""


def _kin(text: str, mention: Mention) -> str:
    before = KIN.search(text, max(0, mention.start - 20), mention.start)
    if not before or (before["comma"] and not text.startswith(",", mention.end)):
        return ""
    return "f" if before["she"] else "m"


def named(text: str, seen: Iterable[tagger.Name]) -> list[tagger.Name]:
    """Mend what a recogniser saw: names parted from owners and titles, of one kind throughout, none overlooked."""
    found, dotted = [], [match.span() for match in DOTTED.finditer(text)]
    for begin, stop, label in _whole(seen, dotted):
        for first, last, kind in _parted(text, begin, stop, label):
            start, end, kind = _trim(text, first, last, kind)
            if start < end and any(letter.isupper() for letter in text[start:end]):
                found.append((start, end, _personal(text[start:end], kind)))
    found = _campaigns(text, found + _overlooked(text, found))
    return _placed(text, _agreed(text, firms.whole(text, _without_headline(text, sorted(found)))))


def _whole(seen: Iterable[tagger.Name], dotted: list[tuple[int, int]]) -> Iterator[tagger.Name]:
    """Let a name that begins or ends within a dotted one ("R.S" in "I.R.S.") take in all of it."""
    for start, end, label in seen:
        at = bisect_right(dotted, start, key=itemgetter(0)) - 1
        if at >= 0 and start < dotted[at][1]:
            start = dotted[at][0]
        at = bisect_right(dotted, end - 1, key=itemgetter(0)) - 1
        if at >= 0 and end < dotted[at][1]:
            end = dotted[at][1]
        yield start, end, label


def _agreed(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take a one-word name for the same kind throughout, what it most often was seen as, else a place."""
    votes: dict[str, Counter] = {}
    for start, end, label in names:
        votes.setdefault(text[start:end], Counter())[label] += 1
    order = ("place", "group", "organisation", "person")
    kinds = {name: max(order, key=lambda label: (found[label], -order.index(label))) for name, found in votes.items()}
    people = [name.lower() for name, found in votes.items() if found["person"] and " " in name]

    def kind(name: str, label: str) -> str:
        if " " not in name:
            return kinds[name]
        # A surname of two words: "De Lorn" is Ida de Lorn.
        surname = label == "organisation" and any(full.endswith(" " + name.lower()) for full in people)
        return "person" if surname else label

    return [(start, end, kind(text[start:end], label)) for start, end, label in names]


def _overlooked(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Find people whom a small model does not see: a common first name and a capitalised word behind it."""
    covered = bytearray(len(text))
    for start, end, _ in names:
        covered[start:end] = b"\1" * (end - start)
    return [
        (match.start("name"), match.end("name"), "person")
        for match in PERSON.finditer(text)
        if not any(covered[match.start("name") : match.end("name")])
        and first_names.is_first_name(match["first"])
        and match["first"] not in WORDS
        and match["last"].lower() not in firms.BODIES
    ]


def _campaigns(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take in the whole name of a campaign of which a recogniser saw a part, "Ford" of "Save the Ford"."""
    spans = [match.span() for match in CAMPAIGN.finditer(text)]
    spans = [(s, e) for s, e in spans if any(s < start and end <= e for start, end, _ in names)]
    inside = [name for name in names if any(s <= name[0] < e for s, e in spans)]
    return [name for name in names if name not in inside] + [(s, e, "organisation") for s, e in spans]


def _parted(text: str, start: int, end: int, label: str) -> list[tuple[int, int, str]]:
    """Part a name from its owner's: "Ford Post's Ida Varro" names two actors."""
    owned = OWNED.search(text, start, end)
    if not owned or not _personal(text[owned.end() : end], "").startswith("person"):
        return [(start, end, label)]
    return [(start, owned.start(), "organisation"), (owned.end(), end, "person")]


def _personal(name: str, label: str) -> str:
    """Take two or three words that begin with a first name for a person: a small model knows few by sight."""
    words = name.split()
    plain = all(re.fullmatch(r"[A-Z][\w’'-]*[a-z]\.?|[A-Z]\.", word) for word in words)
    if label == "person" or not 2 <= len(words) <= 3 or not plain or words[-1].lower() in firms.BODIES:
        return label
    return "person" if first_names.is_first_name(words[0]) else label


def _without_headline(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take off a name what a capitalised headline puts before it, where the name stands elsewhere without."""
    full = Counter(text[start:end] for start, end, label in names if label == "person" and " " in text[start:end])
    headline = len(text.split("\n", 1)[0])
    cut = []
    for start, end, label in names:
        words = text[start:end].split(" ") if end <= headline and full[text[start:end]] == 1 else []
        tails = [" ".join(words[place:]) for place in range(1, len(words) - 1)]
        known = next((tail for tail in tails if full[tail]), None)
        cut.append((end - len(known), end, label) if known else (start, end, label))
    return cut


def _placed(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take one-word names without a fuller form for places where the text is *in* or *near* them or has their people.

    A small model takes many a town that it does not know for a person.
    """
    parts = {word for start, end, label in names if label == "person" for word in text[start:end].split()[1:]}
    located = {
        text[start:end]
        for start, end, label in names
        if label == "person"
        and " " not in text[start:end]
        and (LOCATIVE.search(text, max(0, start - 12), start) or firms.has_people(text, text[start:end]))
    } - parts
    return [(start, end, "place" if text[start:end] in located else label) for start, end, label in names]


def _trim(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    """Take off articles, titles, possessives and punctuation, and whatever stands after a line break."""
    end = start + len(text[start:end].split("\n", 1)[0])
    end = start + len(TRAILING.sub("", text[start:end]))
    if article := LEADING.match(text, start, end):
        start = article.end()
    while word := WORD.match(text, start, end):
        title, rest = word.group().rstrip(".").lower(), re.compile(r"\s+").match(text, word.end(), end)
        if not rest or title not in (HONORIFICS if label == "person" else PERSONAL):
            break
        start, label = rest.end(), "person"
    if label == "person" and LOCATIVE.search(text, max(0, start - 12), start):
        town, *rest = text[start:end].split(" ")
        if len(rest) > 1 and first_names.is_first_name(rest[0]) and not first_names.is_first_name(town):
            start += len(town) + 1  # "In Tolm Ida Varro said"
    while start < end and not text[start].isalnum():
        start += 1
    return start, max(start, end), label


def key(name: str) -> tuple[str, ...]:
    """Give a name's words without case, full stops, middle initials and suffixes, to compare names by."""
    words = [word.rstrip(".").lower() for word in name.replace("’", "'").split()]
    words = [word for word in words if word.rstrip(",") not in SUFFIXES]
    return tuple(word for place, word in enumerate(words) if len(word) > 1 or place in (0, len(words) - 1))


def _fullest(names: list[str]) -> dict[str, str]:
    """Map each name to the fullest form that the same actor has in the article."""
    counts = Counter(names)
    forms: dict[tuple[str, ...], str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], -len(name), name)):
        forms.setdefault(key(name), name)
    return {name: forms[key(name)] for name in counts}


def _surnamed(people: dict[str, str]) -> dict[str, str]:
    """Let a surname of several words ("De Lorn", "Suu Vey") lead to the one fuller name that ends in it."""
    longest = dict(people)
    for name in people:
        own = key(name)
        if len(own) > 1 and not first_names.is_first_name(own[0]):
            longer = {full for full in people.values() if len(key(full)) > len(own) and key(full)[-len(own) :] == own}
            if len(longer) == 1:
                longest[name] = longer.pop()
    return longest


def _again(text: str, names: list[tuple[int, int, str]], people: dict[str, str]) -> list[tuple[int, int, str]]:
    """Add the places where a known person's full name or surname stands again and the recogniser missed it."""
    known = {name for name in people.values() if len(name.split()) > 1}
    wanted = sorted(known | {name.split()[-1] for name in known}, key=lambda name: (-len(name), name))
    wanted = [name for name in wanted if len(name) > 2 and name[0].isupper()]
    if not wanted:
        return sorted(names)
    surnames = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, wanted)) + r")(?![\w-])")
    taken = sorted(names)
    spans = [(s, e, label) for s, e, label in taken if not _mislabelled(text[s:e], label, wanted)]
    covered = bytearray(len(text))
    for start, end, _ in spans:
        covered[start:end] = b"\1" * (end - start)
    for match in surnames.finditer(text):
        if not any(covered[match.start() : match.end()]):
            spans.append((match.start(), match.end(), "person"))
    return sorted(spans)


def _mislabelled(words: str, label: str, people: list[str]) -> bool:
    # A small model often takes a bare surname for a place or an organisation.
    return label != "person" and words in people


def _identify(
    words: str, label: str, full: dict[str, str], met: set[str], gender: str
) -> tuple[str | None, str, float]:
    if label == "person" and len(key(words)) == 1:
        # News introduces a person before it shortens the name: whoever was met before goes first.
        opposite = {"m": "f", "f": "m"}.get(gender)
        others = {name for name in full.values() if opposite and first_names.gender(name.split()[0]) == opposite}
        known = set(full.values()) - others
        candidates = _fitting(words, met - others) or _fitting(words, known)
        if len(candidates) > 1:
            return None, "alias", 0.0
        return (candidates[0], "alias", 0.9) if candidates else (words, "name", 0.6)
    if label == "organisation" and words.isupper() and 2 <= len(words) <= 6:
        spelled = sorted({name for name in full.values() if _acronym(name) == words})
        if len(spelled) == 1:
            return spelled[0], "alias", 0.9
    if label == "organisation" and " " not in words:
        longer = sorted({name for name in full.values() if name.split()[-1] == words and name != words})
        if len(longer) == 1 and words.lower() in firms.BODIES:
            return longer[0], "alias", 0.8
    actor = full.get(words, words)
    return actor, "name" if key(actor) == key(words) else "alias", 1.0


def _fitting(word: str, names: set[str]) -> list[str]:
    """Give the full names of which a word is the surname or, failing any, the first name."""
    (own,) = key(word)
    by_place = {place: sorted(n for n in names if len(key(n)) > 1 and key(n)[place] == own) for place in (-1, 0)}
    return by_place[-1] or by_place[0]


def _acronym(name: str) -> str:
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
