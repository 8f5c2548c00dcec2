"""Give the stem of a word, so that "sold", "sells" and "selling" are one; British and American spellings are one."""

import re
from functools import lru_cache

import snowballstemmer

# British to American: organisation, labour, metre.
SPELLINGS = (
    (re.compile(r"is(e[sd]?|ing|ations?)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$)"), "or"),
    (re.compile(r"(?<=[bt])re(s?)$"), r"er\1"),
)
_OWNED = re.compile(r"['’]s?$")
WORDS = 1_000_000  # whose stems are kept: more than a hundred thousand articles of news have
# The past of verbs that do not form it with -ed.
IRREGULAR = {
    form: verb
    for verb, forms in (
        line.split(None, 1)
        for line in """
        arise arose arisen|bear bore borne|beat beaten|become became|begin began begun|bind bound|bite bit bitten|
        bleed bled|blow blew blown|break broke broken|bring brought|build built|burn burnt|buy bought|catch caught|
        choose chose chosen|come came|creep crept|deal dealt|die dying|dig dug|draw drew drawn|drink drank drunk|
        drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|
        fly flew flown|
        forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|
        give gave given|go went gone|grow grew grown|hang hung|have has had|hear heard|hide hid hidden|hold held|
        keep kept|
        know knew known|lead led|leave left|lend lent|lie lying|lose lost|make made|mean meant|meet met|
        mistake mistook mistaken|
        pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|
        send sent|shake shook shaken|shine shone|show shown|shrink shrank shrunk|sing sang sung|
        sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|stand stood|steal stole stolen|
        stick stuck|strike struck|swear swore sworn|sweep swept|swim swam swum|take took taken|
        teach taught|tear tore torn|
        tell told|think thought|throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|
        withdraw withdrew withdrawn|withhold withheld|write wrote written
        """.replace("\n", " ").split("|")
    )
    for form in forms.split()
}
_SNOWBALL = snowballstemmer.stemmer("english")


@lru_cache(maxsize=WORDS)
def stem(word: str) -> str:
    """Cut an English word down to its stem: "talks", "talked" and "talking" are one.

    Snowball's English stemmer (Porter 2001), after irregular pasts and British spellings.
    """
    word = _OWNED.sub("", word.lower())
    word = IRREGULAR.get(word, word)
    for british, american in SPELLINGS:
        word = british.sub(american, word)
    return _SNOWBALL.stemWord(word)
