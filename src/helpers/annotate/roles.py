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
    "lieutenant sergeant engineer inspector superintendent sheriff colonel captain admiral marshal whip treasurer auditor ombudsman"
).split()
HEAD = re.compile(r"\b(?:" + "|".join(HEADS) + r")s?\b", re.IGNORECASE)
SHORT = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "col": "colonel", "lt": "lieutenant",
    "capt": "captain", "adm": "admiral", "pres": "president", "prof": "professor", "amb": "ambassador", "sgt": "sergeant",
}  # fmt: skip
# Lower-case words that a role before a name may hold beside its head; any other one ends it.
INNER = set(
    "former then current acting deputy vice first second prime foreign interior finance defence defense energy "
    "transport health justice trade economy culture education agriculture environment labour labor chief press "
    "campaign party opposition senior junior general security national state federal regional local city council "
    "police army naval military government cabinet parliamentary presidential lead top special and of".split()
) | set(HEADS)
# What speaks for a government or another body: "the interior ministry", "her office".
BODY = re.compile(
    r"\b(?:ministry|ministries|government|cabinet|embassy|office|administration|presidency|army|military|police|"
    r"commission|guard|union|council|parliament|agency|authority|court|delegation|opposition|committee|company)\s*$",
    re.IGNORECASE,
)
SPELLED = {"defence": "defense", "labour": "labor", "advisor": "adviser"}
IDLE = set("the his her its their a an of and for this that its our".split())
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
    """Give the one person of the article whom a description ("the former energy minister") fits, or None."""
    fits = fitting(words, roles)
    return fits.pop() if len(fits) == 1 else None


def fitting(words: str, roles: list[Role]) -> set[str]:
    """Give the people of the article whom a description fits: a role has its head noun and every other word of it."""
    noun = words.split(",")[0]
    wanted = content(noun)
    head = singular(noun)
    if not head or words.split()[0].lower() in ("a", "an", "one", "another", "some", "several"):
        return set()
    return {role.actor for role in roles if head in content(role.role) and wanted <= content(role.role)}


def singular(words: str) -> str | None:
    """Give the head noun of a description of one person: the last one before "of" or "for"."""
    noun = re.split(r"\s(?:of|for|at|in|on|to)\s", words.lower())[0]
    heads = [word for word in re.findall(r"[^\W\d_][\w-]*", noun) if word in HEADS]
    return SPELLED.get(heads[-1], heads[-1]) if heads and re.search(rf"\b{heads[-1]}\W*$", noun) else None


def content(role: str) -> set[str]:
    """Give the words of a role that tell it from others."""
    plain = re.sub(r"['’]s?\b", "", role.lower())
    words = re.findall(r"[^\W\d_][\w-]*", plain)
    return {SPELLED.get(SHORT.get(word, word), SHORT.get(word, word)) for word in words} - IDLE


def _before(text: str, mention: Mention, low: int) -> list[Role]:
    stretch = BEFORE.search(text, max(0, low), mention.start)
    if not stretch:
        return []
    words = list(re.finditer(r"\S+", stretch.group()))
    last = words[-1].group() if words else ""
    if not HEAD.fullmatch(last) and not (last.endswith(".") and last[:-1].lower() in SHORT):
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
