"""Tell what kind of act a reporting verb names, after Searle (1976): to say is not to hope, or to promise to plan."""

import itertools
import re
from functools import cache

ACTS = ("say", "ask", "promise", "deny", "accuse", "demand", "believe", "intend", "show")

_VERBS = {
    "ask": "ask inquire enquire question query wonder quiz",
    "promise": "promise vow pledge swear assure guarantee commit undertake offer",
    "deny": "rule_out deny refuse reject decline dismiss dispute rebut refute disavow disown repudiate "
    "contradict rebuff",
    "accuse": "accuse blame allege condemn denounce criticise criticize slam blast fault decry lambast castigate "
    "assail attack deride mock berate rebuke chide scold",
    "demand": "demand urge forbid request appeal beg order instruct command implore insist_on call_for call_on "
    "call_upon plead exhort petition threaten lobby",
    "believe": "believe think hope fear expect feel doubt consider suspect worry know understand regard support "
    "oppose like love hate favour favor prefer agree disagree trust imagine guess assume wish dread "
    "anticipate see view belief hope fear view opinion feeling doubt suspicion concern worry",
    "intend": "plan intend want aim seek decide prepare ready willing would will mean intention desire",
    "show": "show find reveal indicate demonstrate prove disclose confirm_by finding",
    "say": "say tell state add note argue insist warn explain suggest reply respond answer write tweet post report "
    "announce declare assert maintain contend admit acknowledge concede confirm claim mention remark observe "
    "describe remind call stress emphasise emphasize reiterate repeat recall comment estimate quote predict complain "
    "testify joke boast caution hint imply signal advise praise defend chant sing type label",
}
_IRREGULAR = {
    "said": "say", "told": "tell", "thought": "think", "felt": "feel", "knew": "know", "known": "know", "saw": "see",
    "seen": "see", "forbade": "forbid", "forbidden": "forbid", "swore": "swear",
    "sworn": "swear", "wrote": "write", "written": "write", "found": "find",
    "shown": "show", "sought": "seek", "meant": "mean", "understood": "understand", "undertook": "undertake",
    "believes": "believe", "begged": "beg", "quizzed": "quiz", "pled": "plead", "says": "say",
}  # fmt: skip
_TOLD = frozenset(
    "say tell claim announce promise vow pledge insist warn deny reject assure state declare admit write argue allege "
    "maintain contend threaten demand urge accuse instruct swear assert confirm forbid rule".split()
)
# Said of papers and figures, these verbs show; said of people, they only say.
_SHOWN = frozenset({"suggest", "report", "confirm", "note", "estimate", "say", "predict", "claim"})
_PAPER = re.compile(
    r"\b(polls?|polling|surveys?|stud(y|ies)|data|figures?|documents?|e-?mails?|records?|statistics|research|"
    r"analysis|results|footage|photographs?|images?|readings?|gauges?|logs?|tests?|filings?)\b",
    re.I,
)
_NEGATOR = re.compile(r"\b(?:not|never|no longer|neither|nor|cannot)\b|n[’']t\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


@cache
def lexicon() -> dict[str, str]:
    """Give the act of each reporting verb or noun by its lemma; where two acts claim a word, the first one has it."""
    acts: dict[str, str] = {}
    for act, verbs in _VERBS.items():
        for verb in verbs.split():
            acts.setdefault(verb, act)
    return acts


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(part for verb in lexicon() for part in verb.split("_"))


def lemma(word: str) -> str:
    """Give the lemma of a word if an inflected form of a reporting verb, else the word itself, in lower case."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, bases in (
        ("", ("",)),
        ("ies", ("y",)),
        ("ied", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
    ):
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            doubled = (stem[:-1],) if len(stem) > 2 and stem[-1:] == stem[-2:-1] else ()
            for base in (*(stem + end for end in bases), *doubled):
                if base in _lemmas():
                    return base
    return word


def reports(text: str) -> bool:
    """Tell whether a text holds any word that may introduce a statement."""
    return any(lemma(word) in lexicon() for word in _WORD.findall(text))


def tells(cue: str) -> bool:
    """Tell whether a cue is beyond doubt somebody's words: not a name for a thing, a deed, or a state of mind."""
    return any(lemma(word) in _TOLD for word in _WORD.findall(cue))


def act(cue: str, source: str, content: str) -> str:
    """Give the act that a cue names.

    Needs the texts of cue, source and content. Where the cue names none (a colon, "according to"), it is to say.
    """
    words = [lemma(word) for word in _WORD.findall(cue)]
    for first, second in itertools.pairwise(words):
        if f"{first}_{second}" in lexicon():
            return lexicon()[f"{first}_{second}"]
    named = [word for word in words if word in lexicon()]
    if not named:
        return "say"
    acts = [lexicon()[word] for word in named]
    if "deny" in acts:
        return "deny"  # to refuse to say is to refuse
    # Else the last verb carries the meaning: "was quoted as saying".
    word, found = named[-1], acts[-1]
    if found == "intend" and len(acts) > 1 and word in ("would", "will"):
        word, found = named[-2], acts[-2]
    if word in ("tell", "ask", "call", "advise", "warn") and content.lower().startswith("to "):
        return "demand"
    if word in _SHOWN and _PAPER.search(source):
        return "show"
    return found


def negated(cue: str, content: str, kind: str) -> bool:
    """Tell whether the statement says that something is not so.

    A denial does, and so does a negation in the main clause of the content; a negation within the cue turns it round
    ("did not deny").
    """
    denied = (kind == "deny") != bool(_NEGATOR.search(cue))
    return denied or denies(content)


_SUBORDINATE = re.compile(
    r"[\s“\"‘'](?:if|unless|until|till|while|because|although|though|who|whom|whose|which|that|when|since|after|before|"
    r"as long as|so long as|provided|once|where)\b|[;:—–]",
    re.I,
)
_FIRST = re.compile(
    r"\W*(?:that\s+)?\W*(?:if|unless|until|while|because|although|though|when|since|after|before|"
    r"as long as|so long as|provided|once)\b[^,;]*,",
    re.I,
)
_NOT = re.compile(
    r"\b(?:not|never|no longer|cannot|nobody|no one|none|nothing|neither|nowhere|refus\w*|den(?:y|ies|ied))\b|n[’']t\b|"
    r"\bno\s+\w+",
    re.I,
)
_SENTENCE = re.compile(r"(?<=\w[.!?])[”\"’']?\s+(?=[“\"‘']?[A-Z])")  # where the next one begins
# Two negations that say that it is so: never refused, did not deny.
_TWICE = re.compile(
    r"(?:\b(?:never|not|cannot)|n[’']t)\s+(?:\w+ly\s+|once\s+|been\s+)?"
    r"(?:refus\w+|den(?:y|ies|ied|ying)|reject\w*|fail(?:s|ed)?|rul(?:e|ed|es|ing) out)\b",
    re.I,
)


def affirmed(content: str) -> str:
    """Give a content without the negations that undo each other, blanks in their place: "never refused to talk"."""
    return _TWICE.sub(lambda twice: " " * len(twice.group()), content)


def denies(content: str) -> bool:
    """Tell whether the main clause of a content, that of its first sentence, is negated.

    Where two negations undo each other, it is not.
    """
    main = _SENTENCE.split(affirmed(content), maxsplit=1)[0]
    if opening := _FIRST.match(main):
        main = main[opening.end() :]
    main = re.sub(r"^\W*that\b", "", main, flags=re.I)
    if further := _SUBORDINATE.search(main):
        main = main[: further.start()] or main
    return bool(_NOT.search(main))
