"""The words that offices and bodies are called by, and what such words mean."""

import re

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
