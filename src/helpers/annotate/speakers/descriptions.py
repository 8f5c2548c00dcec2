"""Tell whom a description means: "the energy minister", "its envoy"."""

import re

from helpers.annotate import roles
from helpers.annotate.sentences import DATELINE, Span
from helpers.annotate.speakers.scene import NOBODY, Scene, Speaker, back
from helpers.annotate.speakers.sources import BREAK

# A source that is one person without a name: "he" behind it is that person, and nobody whom the article names.
UNNAMED = re.compile(
    r"(?:an?|one|another)\b(?!\s+(?:\w+\s+){0,3}(?:statement|report|poll|survey|study))", re.IGNORECASE
)
# A noun that one person is: "the campaigner", "the child's grandfather", "his sister".
INDIVIDUAL = re.compile(
    r"(?:the|his|her|their|its|my|our|this|that|[A-Z]\w+['’]s?)\s(?:[\w’'-]+\s){0,3}?(?P<noun>[a-z]+(?:er|or|ist|ian|man|"
    r"woman|wife|ent|ant)|boy|girl|lady|husband|widow|son|wife|nurse|judge|friend|guest|captain|victim|child)$",
    re.IGNORECASE,
)
THINGS = set(
    "paper newspaper letter number order newsletter river harbour computer power weather summer winter water matter "
    "offer error floor door poster ledger register folder document statement judgment department government parliament "
    "agreement announcement assessment restaurant plant sector center tower career border quarter semester chapter "
    "answer indictment settlement investment apartment establishment movement other another".split()
)
BARE = re.compile(r"(?:the|this|that)\s(?P<noun>[a-z]+)", re.IGNORECASE)  # "the group"
SEVERAL = re.compile(r"(?:some|several|many|most|two|three|other|both)\b", re.IGNORECASE)
LEADING = 12  # characters into a sentence within which its subject begins
NEAR = 12  # sentences that a description may look back over


def describes(words: str) -> bool:
    """Tell whether words describe one actor whom a story may know: "the energy minister", "Tolm's ministry"."""
    noun = BREAK.split(words)[0]
    if UNNAMED.match(words) or SEVERAL.match(words):
        return False
    return bool(roles.singular(noun) or is_body(noun))


def is_body(noun: str) -> bool:
    """Tell whether a noun is no person but an organisation: "the interior ministry", "the hospital"."""
    return bool(roles.BODY.search(noun) or roles.NAMED.search(noun))


def individual(words: str) -> bool:
    """Tell whether the words of a source are one person without a name: a "he" behind them may be that person."""
    if UNNAMED.match(words):
        return True
    noun = INDIVIDUAL.match(BREAK.split(words)[0].strip(" ,"))
    return bool(noun) and noun["noun"].lower() not in THINGS


def described(span: Span, words: str, scene: Scene) -> Speaker:
    """Give whom a description fits: the nearest before it in the article, else the words, for the story to settle."""
    fits = roles.fitting(words, scene.roles)
    for low, high in back(span[0], scene, NEAR):
        near = [mention.actor for mention in scene.people if low <= mention.start < high and mention.actor in fits]
        if near:
            return Speaker(near[-1]) if len(set(near)) == 1 else NOBODY
    if name := _called(span[0], words, scene):
        return Speaker(name)
    if not describes(words):
        return NOBODY
    return Speaker(description=_with_owner(words, span[0], scene))


def _called(start: int, words: str, scene: Scene) -> str | None:
    """Give the only organisation that the text calls by a noun, where none was named since it was."""
    bare = BARE.fullmatch(words.strip(" ,"))
    bodies = scene.firms.get(bare["noun"].lower(), set()) if bare else set()
    before = [one.actor for one in scene.mentions if one.label == "organisation" and one.end <= start]
    return before[-1] if before and bodies == {before[-1]} else None


def _with_owner(words: str, start: int, scene: Scene) -> str:
    """Write "its foreign minister" with the country that the sentence begins with: "Tolm's foreign minister"."""
    own = re.match(r"its\s+", words, re.IGNORECASE)
    low = next((low for low, high in scene.bounds if low <= start < high), start)
    if dateline := DATELINE.match(scene.text, low, start):
        low = dateline.end()
    places = {m.actor for m in scene.mentions if m.label != "person" and low <= m.start < min(start, low + LEADING)}
    return f"{places.pop()}'s {words[own.end() :]}" if own and len(places) == 1 else words
