"""Find the roles that an article gives its people: "finance minister Ida Varro", "Ida Varro, the mayor of Tolm,"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.annotate.actors import Mention

if TYPE_CHECKING:
    from helpers.annotate.times import Time

HEADS = (
    "secretary-general vice-president attorney-general president premier chancellor minister secretary spokesman "
    "spokeswoman spokesperson chief leader governor "
    "senator mayor chairman chairwoman chair chairperson director ambassador general commander envoy negotiator "
    "adviser advisor commissioner prosecutor lawyer attorney judge economist analyst professor deputy lawmaker "
    "congressman congresswoman representative manager strategist candidate nominee officer executive head founder "
    "editor "
    "correspondent reporter author historian pollster speaker aide king queen prince princess archbishop bishop "
    "lieutenant sergeant engineer inspector superintendent sheriff colonel captain admiral marshal whip treasurer "
    "auditor ombudsman"
).split()
HEAD = re.compile(r"\b(?:" + "|".join(HEADS) + r")s?\b", re.IGNORECASE)
SHORT = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "col": "colonel",
    "lt": "lieutenant",
    "capt": "captain", "adm": "admiral", "pres": "president", "prof": "professor", "amb": "ambassador",
    "sgt": "sergeant",
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
    r"commission|guard|union|council|parliament|agency|authority|court|delegation|opposition|committee|company|side)\s*$",
    re.IGNORECASE,
)
# Bodies that a text names once and then calls by their noun: each is one only where the article names one.
NAMED = re.compile(
    r"\b(?:hospital|group|airline|bank|airport|university|school|firm|charity|club|inspectorate|service|board|"
    r"federation|association|foundation|institute|regulator|corporation|museum|college)\s*$",
    re.IGNORECASE,
)
SPELLED = {
    "defence": "defense", "labour": "labor", "advisor": "adviser", "head": "leader", "chief": "leader",
    "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
}  # fmt: skip
# Words that tell when a role was held, not which one it is.
ENDED = {"former", "ex", "dismissed", "outgoing", "ousted", "sacked", "onetime", "erstwhile"}
PASSING = {"new", "newly", "incoming", "then", "current", "acting", "appointed", "longtime", "named"}
IDLE = set("the his her its their a an of and for this that our country nation".split())
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
OWNER = re.compile(r"['’]s?\s")
OWNED = re.compile(r"^.*['’]s?\s")  # whose a role is: a minister's secretary is no minister
LONGEST = 120  # characters of a role
REACH = 240  # characters from whose office it was to who has it now
SENTENCE = re.compile(r"[.;!?]\s|\n")


# How a role begins and ends: "was named foreign minister on Friday", "resigned as mayor in May".
_ROLE = (
    r"(?:as\s+|to\s+be\s+)?(?P<role>(?:the\s+|its\s+|his\s+|her\s+|[A-Z]\w+['’]s\s+)?(?:[\w-]+\s+){0,5}?(?:"
    + "|".join(HEADS)
    + r")\b)"
)
TOOK = re.compile(
    r"\s+(?:(?:was|is|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:named|appointed|elected|made|sworn\s+in|chosen)|became|"
    r"took\s+over|takes\s+over)\s+" + _ROLE
)
LEFT = re.compile(
    r"\s+(?:(?:was|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:dismissed|sacked|fired|removed|ousted|relieved)|resigned|"
    r"stepped\s+down|quit|(?:left|gave\s+up|gives\s+up|leaves)\s+(?:his|her|the)\s+"
    r"(?:post|job|office|position|role))\s+" + _ROLE
)
# Who takes the office that the article has just said another gave up: "Ida Varro will take over on Monday".
FOLLOWS = re.compile(
    r"(?:,[^,.;]{2,60},)?\s+(?:(?:will|is\s+to|was\s+to|would|has|had)\s+)?(?:tak(?:e|es|en)\s+over|took\s+over|"
    r"(?:succeed|replace)(?:s|ed)?\s+(?:him|her|them))\b(?!\s+(?:as|the|a|an|from)\b)"
)
SUCCESSOR = re.compile(r"\b(?:successor|replacement),?\s+(?:will\s+be\s+|is\s+)?$")
# "Ida Varro, who chairs the harbour board": a role told by a verb.
WHO = re.compile(
    r",?\s+who\s+(?:(?:chairs|has\s+chaired)(?P<chair>)|(?:leads|has\s+led|heads|has\s+headed)(?P<leader>))\s+"
    r"(?P<what>(?:[\w’'-]+\s+){0,7}?[\w’'-]+)(?=[,.;\n”\"]|\s(?:in|for|since|at|and|on|from)\s)"
)
UNTIL = re.compile(r",?\s+(?:who\s+was\s+)?until\s+(?P<when>[^,.;]{3,30}?),?\s+" + _ROLE)
# How long somebody has held a role, which is no part of it: "mayor of Tolm since May", "envoy for nine days".
HELD = re.compile(
    r"\s+(?:since\s|until\s|for\s+(?:(?:about|almost|nearly|more\s+than|just|only|the\s+(?:past|last))\s+)*(?:[\w-]+\s+){0,2}"
    r"(?:days?|weeks?|months?|years?|decades?)\b).*$"
)
_VERBS = r"replaced|replaces|dismissed|dismisses|sacked|sacks|fired|fires|removed|removes|ousted|ousts|dropped|drops"
GONE = re.compile(rf"\b(?:{_VERBS})\s+$")
# Who takes the office of whom the sentence has just said that somebody removed: "and gave the job to Ida Varro".
HANDED = re.compile(
    r"\b(?:gave|gives|giving|handed|hands|handing|offered)\s+(?:the|his|her|that)\s+"
    r"(?:job|post|portfolio|office|ministry|position|role)\s+to\s+(?:the\s+)?$"
)
APPOINTED = re.compile(r"\b(?:named|names|appointed|appoints|naming|appointing|made|nominated|chose)\s+$")
REPLACED = re.compile(r"\s+(?:(?:has|had|will)\s+)?(?:replaced|replaces|succeeded|succeeds|replace|succeed)\s+$")
SWAPPED = re.compile(r"\breplaced\s+$")
AS = re.compile(r"(?:,[^.;]{0,90},)?\s+" + _ROLE.replace("?(?P<role>", "(?P<role>", 1))
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


def find(text: str, mentions: list[Mention], times: "Sequence[Time]" = ()) -> list[Role]:
    """Find the roles beside a person's name and those that a clause says a person took up or gave up.

    A role begins on the first day that the clause's time expression means and ends the day before it; where the
    expression is no single day, it ends with it ("in May").
    """
    found, last = [], 0
    people = [mention for mention in mentions if mention.label == "person"]
    for mention in people:
        if mention.actor is not None:
            low = max(last, mention.start - LONGEST)
            found += _before(text, mention, low) + _comma(text, mention, low) + _after(text, mention)
            found += _changed(text, mention, times) + _by_verb(text, mention)
        # A company that was taken for a person may own the role behind it: "Varro's chief executive, Ida Lind".
        last = mention.start if OWNER.match(text, mention.end) else mention.end
    found += _replaced(text, people, times) + _handed(text, people, times) + _followed(text, people, times)
    kept = {
        (role.start, role.actor): role
        for role in sorted(found, key=lambda role: (role.from_date or role.to_date) is not None)
    }
    return sorted(kept.values(), key=lambda role: (role.start, role.end, role.actor))


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
    over = bool(wanted & ENDED)
    wanted = wanted - ENDED - PASSING
    return {
        role.actor
        for role in roles
        if head in content(OWNED.sub("", role.role))
        and wanted <= content(role.role)
        and bool(content(role.role) & ENDED) == over
    }


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


def _comma(text: str, mention: Mention, low: int) -> list[Role]:
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


def _changed(text: str, mention: Mention, times: "Sequence[Time]") -> list[Role]:
    """Find the role that a person took up or gave up."""
    high = mention.end + LONGEST
    if match := UNTIL.match(text, mention.end, high):
        return [replace(_of(match, mention.actor), to_date=_end(_when(times, match.start("when"), match.end("when"))))]
    if match := TOOK.match(text, mention.end, high):
        return [replace(_of(match, mention.actor), from_date=_start(_near(text, times, mention.start, match.end())))]
    if match := LEFT.match(text, mention.end, high):
        return [replace(_of(match, mention.actor), to_date=_end(_near(text, times, mention.start, match.end())))]
    if APPOINTED.search(text, max(0, mention.start - 20), _titled(text, mention)) and (
        match := AS.match(text, mention.end, high)
    ):
        return [replace(_of(match, mention.actor), from_date=_start(_near(text, times, mention.start, match.end())))]
    return []


def _replaced(text: str, people: list[Mention], times: "Sequence[Time]") -> list[Role]:
    """Find who followed whom: "Ida Varro replaced Arno Vey as mayor", "replaced Arno Vey with Ida Varro as mayor"."""
    found = []
    for first, second in pairwise(people):
        between = text[first.end : second.start]
        if first.actor is None or second.actor is None or len(between) > LONGEST:
            continue
        if REPLACED.fullmatch(text, first.end, _titled(text, second)):
            new, old = first, second
        elif re.match(r"\s+with\s", between) and SWAPPED.search(text, max(0, first.start - 60), _titled(text, first)):
            new, old = second, first
        else:
            continue
        match = AS.match(text, second.end, second.end + 2 * LONGEST)
        role = _of(match, new.actor) if match else _office(text, old, new.actor)
        if role:
            time = _near(text, times, first.start, match.end() if match else second.end)
            found.append(replace(role, from_date=_start(time)))
            found.append(replace(role, actor=old.actor, to_date=_end(time)))
    return found


def _handed(text: str, people: list[Mention], times: "Sequence[Time]") -> list[Role]:
    """Find who was given whose office: "replaced finance minister Ida Varro and gave the job to Arno Vey"."""
    found = []
    for old, new in pairwise(people):
        if None in (old.actor, new.actor) or SENTENCE.search(text, old.end, new.start) or new.start - old.end > REACH:
            continue
        handed = HANDED.search(text, old.end, _titled(text, new))
        role = _office(text, old, new.actor)
        if handed and role and GONE.search(text, max(0, old.start - 80), _titled(text, old)):
            time = _near(text, times, old.start, old.end)
            found.append(replace(role, from_date=_start(time)))
            found.append(replace(role, actor=old.actor, to_date=_end(time)))
    return found


def _titled(text: str, mention: Mention) -> int:
    """Give where a name begins with the title before it: "Finance Minister Ida Varro", "the mayor, Ida Varro"."""
    low = mention.start - LONGEST
    return min(
        (role.start for role in _before(text, mention, low) + _comma(text, mention, max(0, low))), default=mention.start
    )


def _office(text: str, mention: Mention, actor: str) -> Role | None:
    """Give the office that stands before a name, as somebody's."""
    before = _before(text, mention, mention.start - LONGEST)
    return replace(before[-1], actor=actor) if before else None


def _followed(text: str, people: list[Mention], times: "Sequence[Time]") -> list[Role]:
    """Find who takes an office that another gave up, and when: "Ida Varro will take over on Monday"."""
    left = [
        (match, person.actor)
        for person in people
        if person.actor and (match := LEFT.match(text, person.end, person.end + LONGEST))
    ]
    if len({actor for _, actor in left}) != 1:
        return []
    gave, former = left[0]
    found = []
    for person in people:
        follows = FOLLOWS.match(text, person.end, person.end + LONGEST)
        named = SUCCESSOR.search(text, max(0, person.start - 40), person.start)
        if person.actor and person.actor != former and (follows or named):
            time = _near(text, times, person.start, follows.end()) if follows else None
            found.append(replace(_of(gave, person.actor), from_date=_start(time)))
    return found


def _by_verb(text: str, mention: Mention) -> list[Role]:
    """Find "Ida Varro, who chairs the harbour board"."""
    match = WHO.match(text, mention.end, mention.end + LONGEST)
    if not match:
        return []
    office = "chair" if match["chair"] is not None else "leader"
    return [Role(match.start("what"), match.end("what"), f"{office} of {match['what']}", mention.actor)]


def _of(match: re.Match, actor: str) -> Role:
    role = re.sub(r"^(?:the|a|an|its|his|her)\s+", "", match["role"])
    return Role(match.end("role") - len(role), match.end("role"), role, actor)


def _near(text: str, times: "Sequence[Time]", start: int, end: int) -> "Time | None":
    """Give the time expression of the clause: inside it, right behind it, or opening its sentence."""
    low = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stop = re.search(r"[.;\n]", text[end : end + 80])
    high = end + (stop.start() if stop else 80)
    inside = [time for time in times if low <= time.start and time.end <= high and time.from_date]
    behind = [time for time in inside if time.start >= end and "," not in text[end : time.start]]
    return (behind or [time for time in inside if time.end <= end] or [None])[0]


def _when(times: "Sequence[Time]", start: int, end: int) -> "Time | None":
    return next((time for time in times if start <= time.start < end and time.from_date), None)


def _start(time: "Time | None") -> date | None:
    return time and time.from_date


def _end(time: "Time | None") -> date | None:
    if time is None:
        return None
    return time.to_date if time.to_date != time.from_date else time.from_date - timedelta(days=1)


def _belongs(word: str) -> bool:
    return not word.endswith(".") and (
        word.lower() in INNER or (word[0].isupper() and word.lower() not in ("the", "a"))
    )


def _after(text: str, mention: Mention) -> list[Role]:
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
