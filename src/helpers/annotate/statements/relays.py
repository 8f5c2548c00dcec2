"""Find by way of whom a statement reached the article: the agency that quoted it, the channel it was posted on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_NAME = r"[A-Z][\w&’'.-]*[\w]|[A-Z]"
_NAMES = rf"(?:{_NAME})(?:\s+(?:(?:of|and|the|for)\s+)?(?:{_NAME}))*"
# What news organisations are called, and the words their names are made of.
_KIND = (
    r"news\s+(?:agency|agencies|service|site|website|channel|network|outlet|programme|program|magazine|portal|wire)|"
    r"agency|newspaper|daily|weekly|tabloid|magazine|broadcaster|television|tv|radio|channel|station|website|"
    r"portal|podcast|newswire"
)
_TITLE = (
    r"Times|Post|News|Radio|TV|Television|Herald|Tribune|Journal|Gazette|Chronicle|Courier|Observer|Mail|Press|"
    r"Guardian|Telegraph|Review|Ledger|Standard|Mirror|Express|Independent|Star|Sun|Globe|Daily|Weekly|Agency|Wire|"
    r"Magazine|Broadcasting|FM|Bulletin|Examiner|Inquirer|Dispatch|Register|Economist|Echo|Sentinel|Argus|Monitor"
)
# Wire services and broadcasters that go by a bare name.
_WIRE = r"Reuters|AFP|AP|UPI|DPA|dpa|ANSA|EFE|PTI|Interfax|Xinhua|Kyodo|Bloomberg|BBC|CNN|NPR|NBC|CBS|ABC|PBS|NHK"
_OUTLET = (
    rf"(?:(?:the|a|an|its|his|her|our|their|this|one|{_NAME}[’']s)\s+)?(?:[\w-]+(?:[’']s)?\s+){{0,4}}?(?:{_KIND})\b"
    rf"(?:\s+(?:{_NAMES}))?"
    rf"|(?:[Tt]he\s+)?(?:(?:{_NAME})\s+){{0,3}}?(?:{_TITLE})\b(?:\s+(?:{_NAME}))*"
    rf"|(?:[Tt]he\s+)?(?:{_WIRE})\b(?:\s+(?:News|Radio|TV|World))*"
    rf"|our\s+(?:reporter|correspondent|newspaper|programme|program)|this\s+(?:newspaper|programme|program|website)"
)
_POSTED = (
    r"Telegram|Twitter|Facebook|Instagram|YouTube|TikTok|WhatsApp|Weibo|VKontakte|Truth\s+Social|LinkedIn|Bluesky|"
    r"Threads|Mastodon|Snapchat|Reddit|X(?=[,.;:\s”\"]|$)"
)
# From the outermost hand to the innermost: who passes it on, to whom it was told, where it was posted.
_PATTERNS = (
    re.compile(
        rf"(?:[Aa]ccording\s+to|\bas\s+reported\s+by|\b(?:quoted|cited|reported|carried|published|released|aired|"
        rf"broadcast)\b[^,.;“”\"]{{0,30}}?\sby)\s+(?P<who>{_OUTLET})"
    ),
    re.compile(rf"(?P<who>{_OUTLET})\s+(?:(?:has|had|also|later)\s+)?(?:quoted|quotes|cited|reported|reports)\b"),
    re.compile(
        rf"\b(?:told|tells|telling|informed|(?:speaking|spoke|speaks|talking|talked)\s+(?:to|with|on)|"
        rf"interview(?:ed)?\s+(?:with|by|for|on|to|in|published\s+(?:by|in|on)|(?:aired|broadcast)\s+(?:by|on))|"
        rf"(?:comments?|remarks?|statements?|article|column|op-ed)\s+(?:to|for|in|on)|appear(?:ing|ed|ance)\s+on)"
        rf"\s+(?P<who>{_OUTLET}|the\s+{_NAME}(?=[\s,.;:]))"
    ),
    re.compile(
        rf"\b(?:on|via|through|to|in\s+an?|in\s+(?:his|her|their|its))\s+(?:(?:his|her|its|their|the)\s+)?"
        rf"(?:(?:own|official|personal|verified)\s+)?(?P<who>{_POSTED})"
    ),
)
# After "told the", a lone capitalised word is an outlet unless it is a body that statements are made to.
_BODY = re.compile(
    r"the\s+(?:House|Senate|Congress|Parliament|Assembly|Council|Court|Commission|Committee|Cabinet|Government|State|"
    r"White|Union|United|President|Prime|Foreign|Defen[cs]e|Minister|Kremlin|Pentagon|Commons|Lords|Bundestag|"
    r"Knesset|Duma|Rada|Security|Supreme|Federal|European|National|General|International|World|Central|[A-Z]{2,})\b"
)


@dataclass(frozen=True)
class Relay:
    """A hand that a statement passed through; a lower rank is further out."""

    start: int
    end: int
    rank: int


def find(text: str, sentence: Span, hidden: Sequence[Span]) -> list[Relay]:
    """Find the relays named in a sentence, outermost first.

    Needs the sentence's span and the spans that do not belong to its frame (what was said may name outlets of its own).
    """
    start, end = sentence
    frame = list(text[start:end])
    for low, high in hidden:
        for at in range(max(low, start), min(high, end)):
            frame[at - start] = "\0"
    shown, found = "".join(frame), {}
    for rank, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(shown):
            span = match.span("who")
            if rank == 2 and _BODY.fullmatch(match["who"]):
                continue
            if not any(span[0] < high and low < span[1] for low, high in found):
                found[span] = Relay(span[0] + start, span[1] + start, rank)
    return sorted(found.values(), key=lambda relay: (relay.rank, relay.start))
