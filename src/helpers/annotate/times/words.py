"""The words of English time expressions: what they look like and what they count.

Every constant in capitals that is a string is a regular expression fragment without groups, for the table in
`rules`. Fragments are written in lower case and matched whatever the case, except names of months and
weekdays: "May" is a month, "may" is not.
"""

import re

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ["monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri",
         "saturday", "sunday"]
    )
    for name in names.split()
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS_OF_DAY = {
    "morning": "MO", "mornings": "MO", "dawn": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV",
    "evenings": "EV", "night": "NI", "nights": "NI",
}  # fmt: skip
HOLIDAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "may day": (5, 1),
    "halloween": (10, 31), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26),
}  # fmt: skip
CLOCK_UNITS = {"second": "S", "minute": "M", "hour": "H"}
# The letter of a calendar unit, as `periods` writes it.
CALENDAR = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "E",
            "century": "C"}  # fmt: skip
# The letter and the factor of a length of time: a decade is ten years.
LENGTHS = {"day": ("D", 1), "night": ("D", 1), "weekend": ("WE", 1), "week": ("W", 1), "fortnight": ("W", 2),
           "month": ("M", 1), "quarter": ("M", 3), "year": ("Y", 1), "decade": ("Y", 10),
           "century": ("Y", 100)}  # fmt: skip
WHOLE_UNITS = {*CLOCK_UNITS, *LENGTHS}  # the words in the singular

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = (
    {word: number for number, word in enumerate(_ONES + _TEENS, start=1)}
    | {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {"dozen": 12, "hundred": 100, "thousand": 1000}
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
ORDINALS = (
    {word: number for number, word in enumerate(_ORDINALS, start=1)}
    | {f"{number}{end}": number for number in range(1, 32) for end in ("st", "nd", "rd", "th")}
    | {"last": -1, "final": -1}
)


CENTURIES = {f"{number}{end}": number for number in range(1, 22) for end in ("st", "nd", "rd", "th")} | {
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21,
}  # fmt: skip


def alternatives(words) -> str:
    """Write words as one regular expression group, the longest first, so that "sept" never hides "september"."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def _names(words: dict[str, int]) -> str:
    """Match the capitalised and the all-capitals form of names, and their abbreviations only with a full stop."""
    full = [word for word in words if len(word) > 4 or word in ("may", "june", "july")]
    short = [word for word in words if word not in full]
    cased = alternatives([form for word in full for form in (word.title(), word.upper())])
    return rf"(?-i:{cased}|{alternatives([word.title() for word in short])}(?:\.|(?=\s\d)))"


S = r"\s{1,4}"  # bounded: a text of blanks alone must not make the matcher go back and forth
DASH = r"(?:\s{1,4}|\s?[-–]\s?)"
WEEKDAY = _names(WEEKDAYS)
MONTH = _names(MONTHS)
SEASON = alternatives(SEASONS)
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
YEAR = r"(?:1[1-9]\d\d|20\d\d)(?!\d)"
DAY_WORD = alternatives(_ORDINALS)
UNIT = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|"
    r"centur(?:y|ies))"
)
_WORD = (
    rf"(?:{alternatives(_TENS)}(?:[\s-]{alternatives(_ONES)})?|{alternatives([*_ONES, *_TEENS])}"
    r"|(?:a|one)\s(?:hundred|thousand|dozen)|hundred|dozen)"
)
NUMBER = (
    rf"(?:\d{{1,4}}(?:,\d{{3}})?(?:\.\d{{1,3}})?(?:[\s-]\d/\d)?|(?:a{S}|one-)?half(?:{S}a)?"
    rf"|{_WORD}(?:{S}and{S}a{S}half)?)"
)
VAGUE = (
    r"(?:a\sfew|several|a\scouple(?:\sof)?|few|some|many|a\snumber\sof|dozens\sof|hundreds\sof|thousands\sof|"
    r"countless)"
)
SPOKEN_YEAR = (
    rf"(?:(?:nineteen|eighteen){DASH}(?:{alternatives(_TENS)}(?:[\s-]{alternatives(_ONES)})?|{alternatives(_TEENS)})"
    rf"|two{S}thousand(?:{S}(?:and{S})?{alternatives([*_ONES, *_TEENS])})?"
    rf"|twenty{DASH}(?:{alternatives(_TEENS)}|{alternatives(['twenty', 'thirty'])}(?:[\s-]{alternatives(_ONES)})?))"
)


def number(text: str) -> float | None:
    """Count what a number says: "2 1/2" is 2.5, "twenty-four" 24, "a couple of" 2; vague ones are None."""
    words = text.lower().replace("-", " ").split()
    if "couple" in words:
        return 2
    total, seen = 0.0, False
    for word in words:
        if word in ("half",):
            total, seen = total + 0.5, True
        elif "/" in word:
            above, below = word.split("/")
            total, seen = total + (int(above) / int(below) if int(below) else 0), True
        elif word.replace(",", "").replace(".", "", 1).isdecimal():
            total, seen = total + float(word.replace(",", "")), True
        elif word in _CARDINALS:
            value = _CARDINALS[word]
            total, seen = (max(total, 1) * value if value >= 100 or word == "dozen" else total + value), True
    if not seen and words in (["a"], ["an"], ["another"]):
        return 1
    return total if seen else None


def singular(unit: str) -> str:
    """Name a unit of time in the singular."""
    return "century" if unit == "centuries" else unit.removesuffix("s")


def year(text: str) -> int:
    """Read a year, in digits or as it is spoken: "1998", "'98", "nineteen ninety-eight", "two thousand"."""
    digits = text.strip("'’‘ ")
    if digits.isdecimal():
        value = int(digits)
        return value if value > 99 else value + (1900 if value > 40 else 2000)
    words = text.lower().replace("-", " ").replace("–", " ").split()
    if words[:2] == ["two", "thousand"]:
        return 2000 + int(number(" ".join(words[2:])) or 0)
    return 100 * _CARDINALS[words[0]] + int(number(" ".join(words[1:])) or 0)


def month(text: str) -> int:
    """Number a month by its name or abbreviation, January as 1."""
    return MONTHS[text.lower().rstrip(".")]


def weekday(text: str) -> int:
    """Number a weekday by its name or abbreviation, Monday as 0."""
    return WEEKDAYS[text.lower().rstrip(".")]
