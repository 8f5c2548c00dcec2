"""Tell what a single line of a page is: journalism, or one of the things that pages put around it.

The rules know shapes and vocabulary, no outlet's name. They hold for the whole line, so that a news sentence in
which such words occur is not touched, and where their vocabulary is one that news shares they leave every line
alone that quotes somebody or tells who said it.
"""

import re

_LONGEST = 700  # characters of a line that a rule may hold for
_WORDS = re.compile(r"\w+(?:[’'\-]\w+)*")
_ENDS = re.compile(r"[.!?…][\"”’')\]»]*$")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|''.*?(?:''|$)|‘[^’]*’(?!\w)")
_SAYS = re.compile(r"\b(?:said|says|saying|told|tells|according to|added|adds|wrote|announced|warned)\b", re.I)


def _any(*forms: str) -> str:
    return f"(?:{'|'.join(forms)})"


def _rule(reason: str, *forms: str) -> tuple[str, re.Pattern]:
    return reason, re.compile(_any(*forms), re.IGNORECASE)


_NETWORK = _any(
    *("twitter", "facebook", "instagram", "telegram", "linkedin", "youtube", "threads", "mastodon", "bluesky"),
    *("tiktok", "whatsapp", "x", "rss"),
)
_BUTTON = _any(
    *(r"listen(?: to (?:this|the) (?:article|story))?(?: \(\d+ ?min(?:ute)?s?\))?", "gift(?: this article)?"),
    *("share", "tweet", "e-?mail", "print", "save", "copy link", "link copied", "bookmark", "flipboard", "reddit"),
    *("pinterest", "newsletters?", "follow us", _NETWORK),
)
_ADVERT = _any(
    *("advertisements?", "advertising", r"sponsored(?: content| by [\w ]{2,40})?", "promoted content", "paid content"),
    *("skip ad", "remove ads", "(?:story|article) continues (?:below|after).{0,40}"),
    *("continue reading(?: the main story| below)?", "scroll (?:down )?to continue.{0,30}"),
)
_LOCALE = r"(?-i:[a-z]{2}_[A-Z]{2})\w*"
_NAME = r"(?-i:[A-Z][\w.’'-]+)"

_ANYWHERE = (
    _rule("a line without words", r"[\W_]*"),
    _rule("a locale code of the page", rf"{_LOCALE}(?:\s+{_LOCALE})*"),
    _rule("an advertising mark", rf"{_ADVERT}(?:[\s:.|–—-]+{_ADVERT})*"),
    _rule(
        "a share line",
        rf"(?:share:? )?{_BUTTON}(?:[\s,/|•·]+(?:(?:and|or|on|via|by) )?{_BUTTON})*",
        r"share (?:this|the) (?:article|story|page|post|news)\b.{0,60}",
        rf"share (?:on|via) {_NETWORK}.{{0,60}}",
        rf"{_NETWORK}\s*:\s*@\w+",
    ),
    _rule(
        "a teaser for another article",
        r"(?:read|watch|listen|hear)(?: more| also| next| too| now)?\s*[:|>»].+",
        r"(?:also read|see also|see more|related[\w ]{0,12}|recommended)\s*[:|>»].+",
        r"more (?:from|on|about) [^.:|]{2,50}\s*[:|>»].+",
        r"read (?:the|our|his|her|their) .{2,60}? in full\b.{0,60}",
        r"(?:most read|more (?:on this|from us|on the story)|in pictures|photo gallery|gallery|podcast)\s*[:|>»].+",
        r"(?:click (?:here )?to )?(?:continue to )?read (?:it all|more|the rest|(?:the )?(?:full|whole|entire|original)"
        r" (?:story|article|report|text|thing))(?: of (?:the|this) (?:story|article|report|piece))?"
        r"(?: (?:here|at|in|on|from|below)\b.{0,50})?",
    ),
    _rule(
        "a copyright line",
        r"(?:©|\(c\)).{0,160}",
        r"copyright\s*(?:©|\(c\)|\d{4}|[\w ]{2,40}\d{4}).{0,160}",
        r".{0,120}\ball rights reserved\b.{0,120}",
        r"(?:this|the) (?:material|article|story|content|copy|report)\b.{0,60}"
        r" may not be (?:re)?(?:published|produced)\b.{0,120}",
    ),
    _rule(
        "a photo credit",
        r"[(\[]?(?:file )?(?:photo(?:graph)?|image|picture|illustration|graphic)s?(?: credit| courtesy| source)?"
        r"\s*(?:\bby\b|\bvia\b|:|/|©).{1,100}",
        r"(?:photo )?credits?\s*[:/].{1,100}",
        rf"(?:{_NAME} ){{1,3}}/ ?{_NAME}(?: {_NAME}){{0,3}}",
        r"[^“”\"]{5,200}[.!?)]\s+\(?(?:photo(?:graph)?|picture|image|illustration|video)s?\s*(?:\bby\b|:|/|©)\s*[^.?!]{2,60}\)?",
    ),
    _rule(
        "a label of the page",
        r"(?:opinion|analysis|comment(?:ary)?|editorial|column|letters?|exclusive|explainer|interview|live(?: blog)?)"
        r"(?:\s*\|.{0,80})?",
    ),
    _rule(
        "the frame of a press release",
        r"(?:for )?immediate release.{0,40}",
        r"(?:for )?(?:media|press|further)(?: (?:and|or|&) \w+)?"
        r" (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|information)\b"
        r"(?:\s*:|, (?:please )?(?:contact|call|e-?mail)).{0,120}",
        r"notes? (?:to|for) editors?\b.{0,20}",
        r"about (?-i:[A-Z])[\w’'&. -]{1,50}\s*: .{10,400}",
        r".{0,60}\bissuer is (?:solely )?responsible\b.{0,100}",
    ),
    _rule("a correction", r"corrections?(?: (?:and|&) clarifications?)?\s*: .{5,300}"),
    _rule(
        "a poll or a quiz",
        r"(?:vote|poll|quiz)\s*:[^?]{3,100}\?.{0,60}",
        r"(?:have your say|take our (?:poll|quiz))\b.{0,140}",
    ),
    _rule(
        "a navigation line",
        *("skip to (?:main )?(?:content|navigation)", "(?:main )?menu", "home(?:page)?", "search", "log ?(?:in|out)"),
        *("sign in", "register", "subscribe(?: now)?", "donate(?: now)?", "back to (?:top|home)", "toggle navigation"),
        *("(?:show|view|see|load) (?:more|all)", "(?:previous|next)(?: (?:article|story|post|page))?", "close"),
        *("contact us", "about us", "privacy (?:policy|notice)", "terms (?:of (?:use|service)|(?:and|&) conditions)"),
        *("my account", "cookie (?:policy|settings)", "accept all", "do not sell .{0,20}information", "text size"),
        *(r"(?:\d+ )?comments?(?: \(\d+\))?", "leave a (?:comment|reply)", "join the (?:conversation|discussion)"),
        *(r"(?:(?:estimated )?reading time|time to read)\s*:?.{1,30}", r"\d+[- ]min(?:ute)?s? read"),
        *(r"comments (?:are )?(?:closed|open|off|on).{0,40}",),
        *(r"\d+ min(?:ute)?s?(?: read)?", r"\d+ (?:shares|likes|views)", r"home\s*[>›»|/].{1,100}"),
        r"(?:[^\W\d]{2,}(?: [^\W\d]+){0,2}\s+[|›»>•·]\s+){2,}[^\W\d]+(?: [^\W\d]+){0,2}",
    ),
    _rule(
        "a note of the page",
        r"this is a (?:developing|breaking)(?: news)? story\b.{0,80}",
        r".{0,60}\b(?:refresh|reload) (?:the|this) page\b.{0,60}",
        r"(?:please )?check back (?:later )?for (?:more|updates).{0,40}",
        r"(?:.{2,60}[.!?] )?already an? (?:subscriber|member)\?.{0,40}",
    ),
    _rule(
        "an appeal to the reader",
        r"get [“\"‘][^“”\"]{2,40}[”\"’],? our (?:free |new )?(?:daily|weekly|morning|evening|monthly)\b.{0,80}",
        r"(?:get|have|receive) (?!.*\b(?:said|says|told|wrote)\b).{2,80} (?:in|into|to) your inbox\b.{0,60}",
    ),
    _rule("a list of tags", r"(?:tags?|topics?|filed under|categories|keywords)\s*:.{1,160}"),
)

_UNLESS_SAID = (
    _rule(
        "a follow line",
        rf"(?:please )?follow .{{1,90}}\b(?:on|at) (?:social media|{_NETWORK})\b.{{0,90}}",
        r"(?:please |you can )?(?:like|find|join) (?:us|me|our\b.{1,40})"
        rf" (?:on|at) (?:social media|{_NETWORK})\b.{{0,90}}",
        rf"on {_NETWORK},? follow .{{1,90}}",
        r"follow (?:us|@\w+)\b.{0,60}",
    ),
    _rule(
        "a cookie notice",
        r".{0,80}\b(?:we|(?:web)?site|partners|page)\b.{0,60}\buses? cookies\b.{0,300}",
        r".{0,200}\b(?:accept|reject|manage)(?: all)?(?: the| our)? cookies\b.{0,200}",
        r"(?:.{0,40}\bcookie (?:notice|preferences)\b.{0,60}|we value your privacy\b.{0,120})",
    ),
    _rule(
        "an appeal to the reader",
        r"(?:please )?(?:subscribe (?:to|now|here|today|for)|sign[ -]up (?:here|now|today|for|to)"
        r"|donate (?:to|now|here|today)|become an? (?:member|supporter|subscriber|patron)|enter your e-?mail"
        r"|download (?:the|our) (?:free |[\w’'-]+ ){0,3}app|get .{2,60}\b(?:newsletter|(?:to|in) your inbox)"
        r"|support (?:us|(?:independent|quality|local|trusted|our|free)(?: (?:independent|quality|local))?)"
        r" (?:news|journalism|work|reporting|today|now|from|by)"
        r"|register (?:here|now|for free)|(?:click|tap) here (?:to|for))\b.{0,160}",
        r"you(?: have|[’']ve) (?:read|used|viewed|reached|\w+ free).{0,40}\b(?:articles?|stories)\b.{0,60}",
        r"(?:text|call|phone|ring|e-?mail|message|write to)"
        r" (?:us|the (?:studio|(?:news)?desk|newsroom|editor|programme)|our [\w -]{2,30}?) (?:on|at)"
        r" (?=\S*[\d@])\S+.{0,100}",
        r"(?:have you )?(?:got|have|know|seen) (?:an?|any) (?:story|tip|news|view|comment|question|idea)\b"
        r"[^?]{0,60}\?.{0,120}",
        r"(?:do you|did you|have you) (?:have|know|enjoy|like|got|see|seen)\b[^?]{2,80}\?"
        r" .{0,40}\b(?:us|our)\b.{0,100}",
        r"get (?:[\w’'-]+ ){0,4}(?:alerts?|notifications?|updates)"
        r"(?: on (?:your|the)| by (?:text|e-?mail)| from us)\b.{0,60}",
        r"sign up\s*[:|] .{2,100}",
        r"follow (?:[\w’'-]+ ){1,4}for (?:more |the latest |live |breaking )?"
        r"(?:updates|news|coverage|stories)\b.{0,40}",
        r"(?:[\w’'-]+ ){0,4}(?:subscribers|members|supporters) can "
        r"(?:read|watch|listen to|hear|see|download)\b.{0,120}",
        r"(?:enjoying|liking|loving) (?:the |our |this )?[\w’' ]{2,40}\?.{0,140}",
        r".{0,80}\byour first (?:week|month|year|issue)s? (?:is|are) (?:free|on us)\b.{0,60}",
        r".{0,140}\bdrop us a line\b.{0,80}",
        r".{0,60}\bsend (?:us |in )?your (?:pictures?|photo\w*|videos?|stor(?:y|ies)|letters?|questions?|tips|views)\b"
        r".{0,120}",
        r".{2,80} (?:answers|will answer|takes) your questions\b.{0,60}",
        r"get [“\"‘]?[^“”\"]{2,60}[”\"’]?,? our (?:free |new )?(?:daily|weekly|morning|evening|monthly)\b.{0,80}",
        r"(?:listen|watch) (?:live|again|back|now)\b.{0,160}",
        r"(?:enjoy(?:ed|ing)?|like|liked) (?:this|our) (?:article|story|report|piece|reporting|work)\b.{0,140}",
        r"(?:listen to|hear|watch) (?:the|our|this) (?:[\w’'-]+ ){0,3}(?:interview|programme|podcast|episode"
        r"|bulletin|broadcast|video|recording|show|debate)\b.{0,100}",
        r"follow (?:our|the) (?:live|latest|full)\b.{0,80}",
        r"advertise (?:with|in)\b.{0,80}",
        r".{0,120}\b(?:our|this|the|her|his) (?:\w+ ){0,3}newsletter\b.{0,40}\b(?:inbox|subscribe|sign[ -]up)\b.{0,80}",
        r".{0,120}\b(?:subscribe|sign[ -]up|register)\b.{0,60}"
        r"\b(?:newsletter|inbox|e-?mail (?:alert|update)s?)\b.{0,80}",
    ),
)

_AT_EDGE = (
    _rule(
        "a date line of the page",
        r"(?:first )?(?:published|updated|posted|last (?:updated|modified))\b.{0,12}\d.{0,60}",
    ),
    _rule("a byline", rf"by {_NAME}(?: (?:{_NAME}|de|van|von|al|bin)){{1,3}}(?:(?:,| and | in | for ).{{2,80}})?"),
    _rule(
        "a credit line",
        r"\(?(?:additional )?(?:reporting|writing|editing|translation|compiled|edited|translated|produced)"
        r"(?: and (?:reporting|writing|editing))? by .{2,200}",
        r".{2,120} contributed (?:reporting|to this (?:report|story|article)).{0,60}",
    ),
    _rule(
        "an address of the outlet",
        r"(?:https?://|www\.)\S+",
        r"\S+@\S+\.\w+",
        r"(?:tel(?:ephone)?|phone|fax|mobile)\b[.:]?\s*[+\d(][\d ()/.-]{5,}",
    ),
    _rule(
        "a note on the author",
        rf"(?:{_NAME} ){{2,4}}(?:writes (?:here|for|a|on|about|regularly|every)\b"
        r"|is (?:a|an|our|the) (?:[\w-]+ )?(?:columnist"
        r"|contributing|freelance|staff (?:writer|reporter)|commentator|contributor))\b.{0,240}",
    ),
    _rule("the end mark of an agency", "-?30-?", "ends"),
    _rule(
        "a navigation line",
        r"[\w’'.&-]+(?: [\w’'.&-]+){0,4}(?:\s+[|•·]\s+[\w’'.&-]+(?: [\w’'.&-]+){0,4}){2,}",
    ),
    _rule(
        "a note of the page",
        r"this (?:article|story|interview)(?: was)? (?:first|originally) (?:appeared|published|printed)\b.{0,120}",
        r"this (?:article|story) is (?:free|available|part of our)\b.{0,120}",
    ),
)

_POSTAL = re.compile(
    _any(
        rf"{_NAME}(?: {_NAME}){{0,3}},? (?-i:[A-Z]{{2}}),? \d{{5}}(?:-\d{{4}})?(?:,? .{{2,30}})?",  # town, state, zip
        r".{0,60}\b(?-i:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})",  # a British postcode
        r"p\.? ?o\.? box \w{1,8}\b.{0,60}",
    ),
    re.IGNORECASE,
)
_PART_OF_ADDRESS = re.compile(
    _any(
        r"\d{1,5}[A-Z]?,? (?-i:(?:[NSEW]\.? |[A-Z0-9][\w.’'-]* ){1,5})(?:st|street|ave|avenue|rd|road|blvd|boulevard"
        r"|lane|ln|drive|dr|square|sq|way|plaza|court|ct|quay|row|highway|hwy|parkway|terrace)\b.{0,40}",
        rf"(?:(?-i:[A-Z]{{1,2}})[- ])?\d{{4,6}} {_NAME}(?:[ -]{_NAME}){{0,3}}(?:, .{{2,30}})?",  # code, town
        r"(?:suite|floor|unit|room) \w{1,8}\b.{0,60}",
        r"(?:(?:physical|mailing|postal|our|street|office|editorial) )?address(?:es)?",
        r"contact(?: us| details)?|(?:our |head |main )?offices?|newsroom|headquarters",
    ),
    re.IGNORECASE,
)

_TEASER_LABEL = re.compile(
    _any(
        "related(?: (?:stories|story|articles?|coverage|news|content|reading|topics|links))?",
        *("recommended(?: for you)?", "most (?:read|popular|viewed|shared)", "trending(?: now)?", "top stories"),
        *("latest (?:news|stories|headlines)", "editor(?:s|[’']s|s[’'])? picks?", "up next", "don[’']t miss"),
        *("you (?:may|might) (?:also )?(?:like|be interested in)", "in case you missed it", "more stories"),
        *(r"also (?:on|in|from) [\w’' ]{2,40}", r"more (?:from|on|about|in) [\w’', ]{2,60}"),
        "read (?:more|also|next)|also read|see also",
    ),
    re.IGNORECASE,
)

_ANNOUNCED = re.compile(
    r"(?:next (?:week|month|issue|time)|tomorrow|coming (?:up|soon|next)|in (?:our|the) next|in tomorrow[’']s)"
    r"[^:.]{0,40}:.{2,100}[^.]",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"[^:.“”\"]{2,50}: (?:what|how|why|where|when|everything) (?:you|to|we)\b[^.“”\"]{2,60}", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b(?:you|yours?|we|ours?|us)\b", re.IGNORECASE)
_ASK = re.compile(
    r"\b(?:subscri(?:bers?|ptions?|be (?:here|now|today))|newsletters?|your inbox|chip in"
    r"|becom(?:e|ing) an? (?:supporter|patron)|our (?:journalism|newsroom|reporting|readers))\b",
    re.IGNORECASE,
)
# What a speech may ask for too: an outlet's asking tells by the words of the press beside it.
_HELP = re.compile(
    r"\b(?:support\w*|help|fund|join|sign(?:ing)? up|donat\w+|contribut\w+|member(?:ship)?|subscribe)\b",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"\b(?:journalis(?:m|ts?)|newsrooms?|reporting|newspaper|readers?|newsletters?|subscri(?:bers?|ptions?)|paywall|inbox"
    r"|a (?:week|month|year)|monthly)\b",
    re.IGNORECASE,
)
_APPEAL_OPENS = re.compile(
    _any(
        r"an? (?:message|note|word|appeal|letter|request) (?:from|to) .{2,60}",
        r"(?:our )?dear (?:friends|readers?|supporters?|subscribers?)\b.{0,30}",
        "before you go.{0,40}",
        r"(?:support|help|fund|stand with|donate to|keep) [\w’'-]+(?: [\w’'-]+){0,6}",
        "we need your (?:help|support)",
    ),
    re.IGNORECASE,
)


def key(line: str) -> str:
    """Reduce a line to its words, so that two prints of it are equal."""
    return " ".join(re.findall(r"\w+", line.casefold()))


def boilerplate(line: str) -> str | None:
    """Say what kind of boilerplate a line is wherever it stands, or None."""
    reason = _first(_ANYWHERE, line)
    if not reason and not is_reported(line):
        reason = _first(_UNLESS_SAID, line)
    return reason


def edge(line: str) -> str | None:
    """Say what kind of boilerplate a line is above the first paragraph or below the last, or None."""
    return _first(_AT_EDGE, line)


def masthead(line: str, outlet: str) -> bool:
    """Tell whether a line opens with its outlet's name, set off from a motto or a menu behind it."""
    name = re.escape(re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE))
    form = rf"(?:the\s+)?{name}(?:\s+(?:in|on)\s+\w+)?\s*(?:\s[—–-]{{1,2}}\s|[|·•])\s*[^.!?]{{2,100}}"
    return bool(outlet and re.fullmatch(form, core(line), re.IGNORECASE)) and not _ENDS.search(line.strip())


def imprint(line: str, outlet: str) -> bool:
    """Tell whether a line says what its outlet is and where it has its desk, as newspapers do at their foot."""
    name = re.escape(re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE))
    form = (
        rf"(?:the\s+)?{name}(?:,\s.{{2,60}}\b(?:founded|est(?:ablished|\.)|since)\b.{{2,40}}"
        r"|\s(?:is|was|has been) (?:\w+ )?"
        r"(?:put together|made|written|produced|run|delivered|published|owned|printed|funded|edited|founded|registered"
        r"|regulated|a member|supported|paid for)\b.{2,120})"
    )
    return bool(outlet and not is_reported(line) and re.fullmatch(form, core(line), re.IGNORECASE))


def address(lines: dict[int, str]) -> set[int]:
    """Find, among numbered lines, those of a postal address: it takes a sure one, or two that are likely."""
    sure = {at for at, line in lines.items() if _whole(_POSTAL, line)}
    likely = {at for at, line in lines.items() if _whole(_PART_OF_ADDRESS, line)}
    return sure | likely if sure or len(likely) > 1 else set()


def is_reported(line: str) -> bool:
    """Tell whether a line quotes somebody or tells who said it."""
    return bool(_QUOTED.search(line) or _SAYS.search(line))


def is_sentence(line: str, words: int) -> bool:
    """Tell whether a line ends as a sentence does and has at least so many words."""
    return bool(_ENDS.search(line.strip())) and count(line) >= words


def is_headline(line: str) -> bool:
    """Tell whether a line has the shape of a headline."""
    words = _WORDS.findall(line)
    return (
        3 <= len(words) <= 25
        and not plain(line)[:1].islower()
        and plain(line)[-1] not in ".,:|"
        and not re.search(r"@|://|www\.|\||^by [A-Z]", plain(line), re.IGNORECASE)
        and sum(any(sign.isdigit() for sign in word) for word in words) <= len(words) / 3
    )


def is_teaser(line: str) -> bool:
    """Tell whether a line below an article is a headline in title case or announces what comes next."""
    if _ANNOUNCED.fullmatch(line.strip()) or _ADVICE.fullmatch(line.strip()):
        return True
    longer = [word for word in _WORDS.findall(line) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    return is_headline(line) and not _ENDS.search(line.strip()) and len(longer) >= 3 and capitals >= 0.8 * len(longer)


def is_teaser_label(line: str) -> bool:
    """Tell whether a line announces a list of other articles."""
    return _whole(_TEASER_LABEL, line)


def opens_appeal(line: str) -> bool:
    """Tell whether a line may open an outlet's appeal to its readers."""
    return _whole(_APPEAL_OPENS, line.strip().rstrip(",!"))


def speaks_to_reader(line: str) -> bool:
    """Tell whether a line says "you" or "we" outside quotation marks."""
    return bool(_ADDRESS.search(_QUOTED.sub(" ", line)))


def asks(line: str) -> bool:
    """Tell whether a line speaks to the reader and asks for money, an address or company."""
    return speaks_to_reader(line) and bool(_ASK.search(line) or (_HELP.search(line) and _PRESS.search(line)))


def is_of_the_press(line: str) -> bool:
    """Tell whether a line uses words that an outlet uses of itself."""
    return bool(_PRESS.search(line))


def core(line: str) -> str:
    """Give a line without the space around it and the stop at its end."""
    return line.strip().rstrip(".:…").strip()


def plain(line: str) -> str:
    """Give a line without the space around it and without Markdown's heading marks."""
    return line.strip().lstrip("#").strip()


def count(line: str) -> int:
    """Count the words of a line."""
    return len(_WORDS.findall(line))


def _first(rules: tuple, line: str) -> str | None:
    return next((reason for reason, pattern in rules if _whole(pattern, line)), None)


def _whole(pattern: re.Pattern, line: str) -> bool:
    # Whatever is longer is a paragraph.
    return len(line) <= _LONGEST and bool(pattern.fullmatch(core(line)))
