"""Tell whose a poll, a report, a letter or an article is that stands as the source of a statement."""

import re
from collections.abc import Callable

from helpers.annotate.actors import Mention
from helpers.annotate.sentences import Span

# Nouns that take each other up: "a new survey … the poll".
KINDS = {
    noun: kinds.split()[0]
    for kinds in (
        "poll survey average",
        "report study review inquiry audit findings analysis paper authors",
        "article piece story feature column editorial op-ed",
        "film documentary book memoir movie",
        "statement letter memo release telegram",
        "speech address remarks comments interview",
        "website site page blog",
        "post tweet",
        "plan proposal proposals policy account returns explanation",
    )
    for noun in kinds.split()
}
NOUN = re.compile(  # "the audit office", "the film festival" are none
    r"\b(?:" + "|".join(map(re.escape, KINDS)) + r")(?=\W|$)"
    r"(?!\s(?:office|commission|committee|board|panel|council|team|firm|agency|department|bureau|group|company|"
    r"editor|author|writer|maker|director|reporter|festival|page)s?\b)",
    re.IGNORECASE,
)
STOP = re.compile(
    r",|\(|\s(?:of|by|from|in|on|that|which|who|released|published|conducted|taken|to|for|with|about)\s|\s(?=[A-Z])"
)
JOINED = re.compile(r"(?:\s?[/-]\s?[A-Z][\w.]*(?:\s(?:[A-Z][\w.]*))?)+")  # "Ford Post/Tolm News"
BETWEEN = re.compile(r"(?:['’]s?)?(?:\s+[\w’'-]+){0,3}\s+")  # "Ford Post’s latest national opinion poll"
TITLED = re.compile(r"['’]s?\s+(?:[a-z][\w’'-]*\s+){0,3}(?:“|\"|''|‘)[A-Z\d]")  # "Ida Varro’s new “The Ford”"
HIS = re.compile(r"\b(his|her)\s+(?:[\w’'“”\"-]+\s+){0,3}$", re.IGNORECASE)  # "her second letter"
OWNED = re.compile(r"['’]s?(?:\s+[a-z][\w’'-]*){0,3}\s+")  # "Ida Varro’s second letter"
BY = re.compile(
    r"(?:\s+(?:\w+\s+){0,3}(?:by|from)\s+(?:the\s+)?|\s+of\s+(?:the\s+)?|\s+(?:that\s+|which\s+)?(?:the\s+)?)(?:[A-Z][a-z]+\.\s)?"
)
MADE = re.compile(
    r"\s+(?:has\s+|had\s+)?(?:gave|delivered|wrote|made|posted|published|issued|sent|released|given|written)\b"
)
POSSESSOR = re.compile(r"(?:the\s+)?(?P<name>[A-Z][\w.&/-]*(?:\s[A-Z][\w.&/-]*)*)['’]s?\s")
AHEAD = 600  # characters within which the head of an article may leave unsaid whose poll it is about
SOME = re.compile(r"(?:an?|one|another|other|some|many|recent|several)\b", re.IGNORECASE)


def owner(
    source: Span, text: str, mentions: list[Mention], his: Callable[[int, str], str | None] = lambda *_: None
) -> str | None:
    """Give whose document a source is, or None where it is none or the article does not tell.

    "the Ford Post poll" is the Ford Post's; "the poll" that of the last poll before it whose owner is told, or, at
    the head of an article, of its only one. `his` tells whom "his" means at a position, for "his letter".
    """
    for mention in mentions:
        if source[0] <= mention.start < source[1] and mention.label == "person" and TITLED.match(text, mention.end):
            return mention.actor
    stop = STOP.search(text, source[0] + 4, source[1])
    nouns = list(NOUN.finditer(text, source[0], source[1]))
    nouns = [noun for noun in nouns if not stop or noun.start() < stop.start() or text[stop.start()] == " "]
    end = len(text[: source[1]].rstrip(" ,"))
    noun = next((noun for noun in nouns if noun.end() == end or STOP.match(text, noun.end())), None)
    if not noun:
        return None
    kind, at = KINDS[noun.group().lower()], noun.start()
    named = {place: (found, actor) for place, found, actor in _owned(text, mentions)}
    if at in named:
        return named[at][1]
    if possessor := POSSESSOR.match(text, source[0], at):
        return possessor["name"]
    if whose := re.match(r"(his|her|its)\s", text[source[0] : at], re.IGNORECASE):
        return his(source[0], whose.group(1).lower())
    if kind == "plan" or re.search(r"\s[A-Z]", text[source[0] : at]):
        return None
    told = {place: actor for place, (found, actor) in named.items() if found == kind}
    if SOME.match(text, source[0]):
        later = [place for place in sorted(told) if 0 < place - source[0] < AHEAD]
        return told[later[0]] if later and later[0] == min(told) else None
    for other in NOUN.finditer(text, 0, source[0]):
        whose = HIS.search(text, max(0, other.start() - 40), other.start())
        if whose and KINDS[other.group().lower()] == kind and (who := his(whose.start(), whose.group(1).lower())):
            told[other.start()] = who
    if before := [place for place in sorted(told) if place < source[0]]:
        return told[before[-1]]
    return told[min(told)] if told and min(told) - source[0] < AHEAD else None


def _owned(text: str, mentions: list[Mention]) -> list[tuple[int, str, str]]:
    """Find the documents whose owner is told: where the noun stands, its kind, the owner."""
    makers = [mention for mention in mentions if mention.label in ("organisation", "person") and mention.actor]
    found = []
    for noun in NOUN.finditer(text):
        kind = KINDS[noun.group().lower()]
        line = text.rfind("\n", 0, noun.start()) + 1
        before = next((m for m in reversed(makers) if line <= m.start and m.end <= noun.start()), None)
        # "Varro's lead in the polls" is no poll of hers.
        owns = before and not (before.label == "person" and kind == "poll")
        if owns and noun.start() - before.end < 60:
            joined = JOINED.match(text, before.end, noun.start())
            end = joined.end() if joined else before.end
            pattern = OWNED if before.label == "person" or kind in ("plan", "speech", "statement") else BETWEEN
            if pattern.fullmatch(text, end, noun.start()):
                found.append((noun.start(), kind, text[before.start : end] if joined else before.actor))
                continue
        behind = next((m for m in makers if m.start > noun.end()), None)
        if behind and behind.start - noun.end() < 60 and (link := BY.fullmatch(text, noun.end(), behind.start)):
            told = "by" in link.group() or "from" in link.group() or MADE.match(text, behind.end)
            if told:
                found.append((noun.start(), kind, behind.actor))
    return found
