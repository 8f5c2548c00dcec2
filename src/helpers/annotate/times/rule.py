@dataclass(frozen=True)
class Found:
    """What a rule makes of its match: a TIMEX3 type, value and modifier, and a period the value does not tell."""

    type: str
    value: str
    modifier: str = ""
    period: periods.Interval | None = None
    topic: bool = False


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the text, the publication day, and the day and quarter spoken of so far."""

    text: str
    published: date | None
    day: date | None = None
    last: date | None = None
    quarter: str = ""

    def future(self, match: re.Match) -> bool | None:
        return tense.future(self.text, match.start(), match.end())

    def after(self, match: re.Match, pattern: str) -> bool:
        return re.match(pattern, self.text[match.end() : match.end() + 40], re.IGNORECASE) is not None

    def before(self, match: re.Match, pattern: str) -> bool:
        left = self.text[max(0, match.start() - 40) : match.start()]
        return re.search(rf"(?:^|\W){pattern}\s{{0,4}}\Z", left, re.IGNORECASE) is not None


Resolver = Callable[[re.Match, Context], Found | None]


RULES: list[tuple[re.Pattern, Resolver]] = []


# What may stand before any calendar word: early, mid-, the end of, earlier in.
PART = (
    r"(?:(?P<part>early|earlier|late|later|sometime|mid|the\s(?:very\s)?(?:beginning|start|middle|end)\sof)"
    r"(?:\s(?:in|on))?[\s-](?:the\s)?)?"
)


DURING = rf"(?:[\s-](?P<hours>{PART_OF_DAY})s?)?"  # "Tuesday night"


TURN = r"(?:this\spast|this\scoming|the\sfollowing|the\sprevious|the\ssame|that\ssame|that|this|last|next|past|coming)"


MODIFIER = {"early": "START", "earlier": "START", "beginning": "START", "start": "START", "mid": "MID",
            "middle": "MID", "late": "END", "later": "END", "end": "END", "close": "END"}  # fmt: skip


ABOUT = (
    r"(?:(?:about|around|nearly|almost|roughly|some|approximately|at\sleast|at\smost|more\sthan|less\sthan|over|"
    r"under|up\sto|only|just|barely|another|an\sadditional|an\sestimated)\s)?"
)


MORE = (
    r"(?:(?:more|additional|full|whole|straight|consecutive|successive|long|trading|business|working|fiscal|"
    r"calendar|school|solid|crucial|extra|other|short)\s)?"
)


def rule(pattern: str) -> Callable[[Resolver], Resolver]:
    """Enter a pattern and its resolver at the end of the table."""

    def enter(resolve: Resolver) -> Resolver:
        RULES.append((re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), resolve))
        return resolve

    return enter


def pick(candidates: list[str], published: date, way: str) -> str:
    """Choose among periods in order of time.

    `past` is the last that has begun by publication, `future` the first that has not ended, `last` the last that
    has ended before it, `next` the first that begins after it, `nearest` the one with the fewest days between.
    """
    dated = [(value, periods.interval(value)) for value in candidates]
    dated = [(value, period) for value, period in dated if period]
    if way in ("past", "last"):
        held = [value for value, (first, last) in dated if (first if way == "past" else last) <= published]
        if way == "last":
            held = [value for value, (_, last) in dated if last < published]
        return held[-1] if held else dated[0][0]
    if way in ("future", "next"):
        held = [value for value, (first, last) in dated if (last >= published if way == "future" else first > published)]
        return held[0] if held else dated[-1][0]
    return min(dated, key=lambda item: abs((item[1][0] - published).days))[0]


def _way(turn: str | None, match: re.Match, context: Context) -> str:
    """Read the direction off "last", "next", "this coming", else off the verb."""
    turn = re.sub(r"\s+", " ", (turn or "").lower())
    if turn in ("last", "past", "this past", "the previous"):
        return "last"
    if turn in ("next", "the following"):
        return "next"
    if turn in ("this coming", "coming"):
        return "future"
    return "future" if context.future(match) else "past"


def _modifier(match: re.Match) -> str:
    part = (match["part"] or "").lower()
    return next((name for word, name in MODIFIER.items() if re.search(rf"\b{word}\b", part)), "")


def _hours(day: str, part_of_day: str | None, modifier: str = "") -> Found:
    """Give a day, or a part of it: "Tuesday night" is a TIME."""
    if part_of_day:
        return Found("TIME", f"{day}T{words.PARTS_OF_DAY[part_of_day.lower()]}", modifier)
    return Found("DATE", day, modifier)


def _years(published: date, form: str, reach: int = 2) -> list[str]:
    return [f"{year:04}{form}" for year in range(published.year - reach, published.year + reach + 1)]


def _unit(text: str) -> str:
    """Give the letter of a unit of time, singular or plural."""
    text = text.lower()
    return words.UNITS.get(text) or words.UNITS[text.rstrip("s")]


def _is_name(unit: str) -> bool:
    """A capital betrays the name of a programme or a paper: "60 Minutes", "This Week"."""
    return unit.istitle()


def _period_unit(text: str) -> str:
    """Give the letter of a calendar unit: nights are days."""
    return {"2W": "W"}.get(_unit(text), _unit(text))


def _turn_steps(turn: str) -> int:
    return {"last": -1, "next": 1}.get(turn.lower(), 0)


def _ungrouped(pattern: str) -> str:
    """Drop the names of groups, so that patterns can stand side by side in one."""
    return re.sub(r"\(\?P=mark\)", "[/.]", re.sub(r"\(\?P<\w+>", "(?:", pattern))


ANY = re.compile(
    r"(?<!\w)(?:" + "|".join(f"({_ungrouped(pattern.pattern)})" for pattern, _ in RULES) + ")", re.IGNORECASE
)


def read(context: Context, position: int) -> tuple[int, int, Found] | None:
    """Find the next time expression at or after a position: its start, its end and what it means."""
    while match := ANY.search(context.text, position):
        pattern, resolve = RULES[match.lastindex - 1]
        found = resolve(pattern.match(context.text, match.start()), context)
        if found:
            return match.start(), match.end(), found
        position = match.start() + 1
    return None


def follow(context: Context, found: Found, start: int) -> Context:
    """Move the context on: the day last spoken of, and the quarter."""
    period = periods.interval(found.value) if found.type in ("DATE", "TIME") else None
    last = period[0] if period else context.last
    day = last if re.match(r"\d{4}-\d\d-\d\d", found.value) else context.day
    quarter = context.quarter
    if found.topic:
        quarter = found.value if not quarter or not context.published or (period and period[1] <= context.published) else quarter
    if re.fullmatch(r"P[69]M", found.value):
        quarter = ""
    return replace(context, day=day, last=last, quarter=quarter)
