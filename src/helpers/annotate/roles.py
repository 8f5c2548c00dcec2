"""Find the roles that an article gives its people: "finance minister Ida Varro", "Ida Varro, the mayor of Tolm,"."""

import re
from dataclasses import dataclass

from helpers.annotate.actors import Mention

HEADS = (
    "president premier chancellor minister secretary spokesman spokeswoman spokesperson chief leader governor "
    "senator mayor chairman chairwoman chair chairperson director ambassador general commander envoy negotiator "
    "adviser advisor commissioner prosecutor lawyer attorney judge economist analyst professor deputy lawmaker "
    "congressman congresswoman representative manager strategist candidate nominee officer executive head founder editor "
    "correspondent reporter author historian pollster speaker aide king queen prince princess archbishop bishop "
    "engineer inspector superintendent sheriff colonel captain admiral marshal whip treasurer auditor ombudsman"
).split()
HEAD = re.compile(r"\b(?:" + "|".join(HEADS) + r")s?\b", re.IGNORECASE)
# Lower-case words that a role before a name may hold beside its head; any other one ends it.
INNER = set(
    "former then current acting deputy vice first second prime foreign interior finance defence defense energy "
    "transport health justice trade economy culture education agriculture environment labour labor chief press "
    "campaign party opposition senior junior general security national state federal regional local city council "
    "police army naval military government cabinet parliamentary presidential lead top special and of".split()
) | set(HEADS)
BEFORE = re.compile(r"(?:[^\W\d_][\w’'.-]*[ ]+){1,12}$")
AFTER = re.compile(r",\s+((?:the |a |an |his |her |its |their )?[^,.;:!?“”\"\n()]{3,90})(?=[,.;:\n)]|$)")
LONGEST = 120  # characters of a role


@dataclass(frozen=True)
class Role:
    """A role an article gives a person: the words, where they stand, and whom they name."""

    start: int
    end: int
    role: str
    actor: str


def find(text: str, mentions: list[Mention]) -> list[Role]:
    """Find the roles written before a person's name or behind it between commas."""
    found, last = [], 0
    for mention in mentions:
        if mention.label != "person":
            continue
        if mention.actor is not None:
            found += _before(text, mention, max(last, mention.start - LONGEST)) + _after(text, mention)
        last = mention.end
    return sorted(found, key=lambda role: (role.start, role.end))


def described(words: str, roles: list[Role]) -> str | None:
    """Give the one person of the article whom a description ("the former energy minister") fits, or None.

    It fits a role that has its head noun and every other word of it.
    """
    wanted = _words(words)
    heads = [word for word in wanted if word in HEADS]
    if not heads or words.split()[0].lower() in ("a", "an", "one", "another", "some", "several"):
        return None
    fits = {role.actor for role in roles if heads[-1] in _words(role.role) and wanted <= _words(role.role)}
    return fits.pop() if len(fits) == 1 else None


def _words(role: str) -> set[str]:
    plain = re.sub(r"['’]s\b", "", role.lower())
    return set(re.findall(r"[^\W\d_][\w-]*", plain)) - {"the", "his", "her", "its", "their", "a", "an", "of", "and"}


def _before(text: str, mention: Mention, low: int) -> list[Role]:
    stretch = BEFORE.search(text, max(0, low), mention.start)
    if not stretch:
        return []
    words = list(re.finditer(r"\S+", stretch.group()))
    if not words or not HEAD.fullmatch(words[-1].group()):
        return []
    first = len(words) - 1
    while first and _belongs(words[first - 1].group()):
        first -= 1
    while first < len(words) - 1 and words[first].group().lower() in ("and", "of"):
        first += 1
    start = stretch.start() + words[first].start()
    return [Role(start, mention.start - 1, text[start : mention.start].strip(), mention.actor)]


def _belongs(word: str) -> bool:
    return not word.endswith(".") and (
        word.lower() in INNER or (word[0].isupper() and word.lower() not in ("the", "a"))
    )


def _after(text: str, mention: Mention) -> list[Role]:
    match = AFTER.match(text, mention.end, mention.end + LONGEST)
    if not match or not HEAD.search(match.group(1)):
        return []
    words = match.group(1)
    if not re.match(r"(?:the|a|an|his|her|its|their|former|then|now|acting)\b", words) and not HEAD.match(
        words.split()[0]
    ):
        return []
    return [Role(match.start(1), match.end(1), re.sub(r"^(?:the|a|an) ", "", words), mention.actor)]
