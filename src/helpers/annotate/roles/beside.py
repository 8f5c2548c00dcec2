"""Find the roles that stand beside a name: "finance minister Ida Varro", "Ida Varro, the mayor of Tolm,"."""

import re
from dataclasses import dataclass
from datetime import date

from helpers.annotate.actors import Mention
from helpers.annotate.roles.words import HEAD, HEADS, INNER, SHORT, singular

LONGEST = 120  # characters of a role
BEFORE = re.compile(r"(?:[^\W\d_][\w’'.-]*[ ]+){1,12}$")
# "chief of the General Staff": what stands behind the head is capitalised up to the name.
OFFICE = re.compile(
    r"\b(?P<head>" + "|".join(HEADS) + r")\s+of\s+(?:the\s+)?(?:(?-i:[A-Z])[\w-]*\s+){1,4}$", re.IGNORECASE
)
TITLED = re.compile(
    r"(?:\b[Tt]he|\b[Aa]n?|(?:\b[A-Z][\w-]*['’]s?)|\b[Hh]is|\b[Hh]er|\b[Ii]ts)\s+(?P<role>[^,.;:!?“”\"\n()]{3,80}),\s+$"
)
OPENING = re.compile(
    r"(?:the|a|an|his|her|its|their|former|then|now|acting)\b|(?:[A-Z][\w.-]*\s){0,2}[A-Z][\w-]*['’]s?\s"
)
AFTER = re.compile(r",\s+((?:the |a |an |his |her |its |their )?[^,.;:!?“”\"\n()]{3,90})(?=[,.;:\n)]|$)")
# How long somebody has held a role, which is no part of it: "mayor of Tolm since May", "envoy for nine days".
HELD = re.compile(
    r"\s+(?:since\s|until\s|for\s+(?:(?:about|almost|nearly|more\s+than|just|only|the\s+(?:past|last))\s+)*(?:[\w-]+\s+){0,2}"
    r"(?:days?|weeks?|months?|years?|decades?)\b).*$"
)
OWNER = re.compile(r"['’]s?\s")
# "Ida Varro, who chairs the harbour board": a role told by a verb.
WHO = re.compile(
    r",?\s+who\s+(?:(?:chairs|has\s+chaired)(?P<chair>)|(?:leads|has\s+led|heads|has\s+headed)(?P<leader>))\s+"
    r"(?P<what>(?:[\w’'-]+\s+){0,7}?[\w’'-]+)(?=[,.;\n”\"]|\s(?:in|for|since|at|and|on|from)\s)"
)
VERB = re.compile(r"\b(?:is|was|were|are|has|had|said|says|will|would)\b")


@dataclass(frozen=True)
class Role:
    """A role an article gives a person: the words, where they stand, whom they name, and when it began and ended.

    A verb's role is written as its noun: "who chairs the board" is "chair of the board". The days are None where the
    article does not tell. A role whose words say "former" ended before the article.
    """

    start: int
    end: int
    role: str
    actor: str
    from_date: date | None = None
    to_date: date | None = None


def before(text: str, mention: Mention, low: int) -> list[Role]:
    """Find "finance minister Ida Varro" and "former mayor and council chief Ida Varro", from `low` on."""
    stretch = BEFORE.search(text, max(0, low), mention.start)
    if not stretch:
        return []
    words = list(re.finditer(r"\S+", stretch.group()))
    tail = OFFICE.search(stretch.group())
    kept = [word for word in words if not tail or word.start() < tail.end("head")]
    words, beyond = kept, words[len(kept) :]
    last = words[-1].group() if words else ""
    if not HEAD.fullmatch(last) and not (last.endswith(".") and last[:-1].lower() in SHORT):
        return []
    first = len(words) - 1
    while first and _belongs(words[first - 1].group()):
        first -= 1
    while first < len(words) - 1 and words[first].group().lower() in ("and", "of"):
        first += 1
    start = stretch.start() + words[first].start()
    end = start + len(text[start : mention.start].rstrip())
    if beyond:
        return [Role(start, end, text[start:end], mention.actor)]
    joint = re.search(r"\sand\s", text[start:end])
    if joint and HEAD.search(text[start : start + joint.start()]):  # "former mayor and current council chief"
        middle = start + joint.start()
        return [
            Role(start, middle, text[start:middle], mention.actor),
            Role(start + joint.end(), end, text[start + joint.end() : end], mention.actor),
        ]
    return [Role(start, end, text[start:end], mention.actor)]


def comma(text: str, mention: Mention, low: int) -> list[Role]:
    """Find "the mayor of Tolm, Ida Varro," and "Tolm's envoy, Ida Varro,"."""
    match = TITLED.search(text, low, mention.start)
    if not match or not HEAD.search(match["role"]) or VERB.search(match["role"]):
        return []
    role = re.split(r"\s(?:into|against|by|with|about|from|after|that|than)\s(?:the\s)?", match["role"])[-1]
    to, _, whom = role.partition(" to the ")
    role = whom if whom and not HEAD.search(to) else role  # "gave the job to the mayor, Ida Varro"
    owner = re.match(r"[A-Z][\w-]*['’]s?\s", match.group())
    start = match.start() if owner and role == match["role"] else match.end("role") - len(role)
    return [Role(start, match.end("role"), text[start : match.end("role")], mention.actor)]


def after(text: str, mention: Mention) -> list[Role]:
    """Find "Ida Varro, the mayor of Tolm," and "Ida Varro, finance minister since May,"."""
    match = AFTER.match(text, mention.end, mention.end + LONGEST)
    head = match and HEAD.search(match.group(1))
    if not head or VERB.search(match.group(1)):
        return []
    words = HELD.sub("", match.group(1))
    if not HEAD.search(words):
        return []
    first = words.split()[0]
    if not OPENING.match(words) and not HEAD.match(first) and not (first in INNER and singular(words)):
        return []
    return [Role(match.start(1), match.start(1) + len(words), re.sub(r"^(?:the|a|an) ", "", words), mention.actor)]


def by_verb(text: str, mention: Mention) -> list[Role]:
    """Find "Ida Varro, who chairs the harbour board"."""
    match = WHO.match(text, mention.end, mention.end + LONGEST)
    if not match:
        return []
    office = "chair" if match["chair"] is not None else "leader"
    return [Role(match.start("what"), match.end("what"), f"{office} of {match['what']}", mention.actor)]


def _belongs(word: str) -> bool:
    return not word.endswith(".") and (
        word.lower() in INNER or (word[0].isupper() and word.lower() not in ("the", "a"))
    )
