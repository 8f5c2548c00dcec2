"""Tell an organisation by what a text calls it: "Clean Ford, a residents' group", "Norbeck" of "Norbeck Civil"."""

import re

from helpers.annotate.actors.names import is_first_name

# A name that ends in one of these is no person's, whatever it begins with.
BODIES = set(
    "agency association authority bank board bureau business campaign center centre church city club college "
    "commission committee company conference corporation council county court department foundation fund group "
    "hall hospital house institute institution international law library magazine ministry museum news office "
    "organization organisation park partners party plan police poll post press prize radio school service society "
    "stadium street studio survey team times trust union university".split()
)
# What only an organisation is called: "Clean Ford, a residents' group", "the utility Ford Water". Builders and owners
# may be people.
_NOUN = (
    r"(?P<noun{}>company|firm|manufacturer|lender|carrier|airline|utility|retailer|group|association|union|charity|"
    r"regulator|watchdog|agency|federation|brewery|bank)"
)
# What stands before that noun and is no "spokesman for the company".
_OTHER = r"(?:(?!(?:of|for|to|at|with|in|by|and|an?|the)\b)[\w’'-]+ ){0,3}?"
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Doctor|Prof|Professor|Rev|Sir|Lord|Lady|Dame|Judge|Justice|Captain|Lieutenant|General|Colonel|"
    r"President|Prime|Vice|Chair|Chairman|Chairwoman|Chief|Minister|Secretary|Senator|Governor|Mayor|Ambassador|Director)\b"
)
_FULL = r"(?!The )(?:[A-Z][\w’'&-]* ){1,4}[A-Z][\w’'&-]*"
_CALLED = re.compile(
    rf"(?<![\w’'&-])(?P<behind>{_FULL}), (?:an?|the) {_OTHER}{_NOUN.format(1)}"
    r"(?=[,.;]|\s(?:that|which|in|of|for|based|from|behind|with|whose|across|building|running)\b)|"
    rf"(?<![\w-]){_NOUN.format(2)} (?P<before>{_FULL})"
)
# A firm goes by the first word of its name; what is named after a person or a place does not.
_AFTER = BODIES | set(
    "administration airport avenue cabinet central culture defence defense doctrine education energy estate family "
    "finance foreign general global government health hotel hotels interior justice memorial ministry parliament plaza "
    "presidency resort resorts road senate station tower towers trade transport village water".split()
)
SHORTEST = 3  # letters that a place has of which people are called
_PLACED = (
    r"\b(?:[Ii]n|[Nn]ear|[Ii]nto|[Aa]cross|[Oo]utside|[Aa]round|[Tt]hroughout|[Ii]nside|[Mm]ayor of|[Gg]overnor of|"
    r"[Cc]ity of|[Tt]own of|[Vv]illage of|[Pp]ort of|[Pp]eople of|[Cc]apital of|[Cc]apital,) {name}\b|"
    r"\b{name}(?:[’']s)? "
    r"(?:residents|mayor|city|council|town|port|hall|bay|bridge|dam|district|lake|reservoir|river|valley)\b|"
    r"\b{name}(?:[’']s) (?:[a-z]+ )?(?:commissioner|minister|ministry|government|parliament|assembly|premier|capital|"
    r"cabinet|voters|citizens|borders?|army)\b"
)


def called(text: str) -> dict[str, set[str]]:
    """Give, for each noun by which a text calls organisations ("group"), the names that it calls so."""
    found: dict[str, set[str]] = {}
    for match in _CALLED.finditer(text):
        name = match["behind"] or match["before"]
        if not _TITLE.match(name) and not any(map(is_first_name, name.split())):
            found.setdefault(match["noun1"] or match["noun2"], set()).add(name)
    return found


def whole(text: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Take what a text calls a company or a group for an organisation, wherever it stands, whole."""
    told = {name for found in called(text).values() for name in found}
    if not told:
        return names
    longest = sorted(told, key=lambda name: (-len(name), name))
    form = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])")
    inside = bytearray(len(text) + 1)  # a name, but for its first character
    for start, end, _ in names:
        inside[start + 1 : end] = b"\1" * (end - start - 1)
    # What is part of a longer name is left: "Tolm Water" of "United Tolm Water".
    spans = [match.span() for match in form.finditer(text)]
    spans = [(start, end) for start, end in spans if not inside[start] and not inside[end]]
    taken = bytearray(len(text))
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    kept = [name for name in names if not any(taken[name[0] : name[1]])]
    return sorted([*kept, *((start, end, "organisation") for start, end in spans)])


def short(text: str, names: list[tuple[int, int, str]], full: dict[str, dict[str, str]]) -> dict[str, str]:
    """Map the first word of an organisation's name, where it stands alone, to the name: "Norbeck" is Norbeck Civil.

    Not where it is part of a person's name, where the text is in it, or where other names begin with it.
    """
    people = {word for name in full["person"].values() if " " in name for word in (name.split()[0], name.split()[-1])}
    longer: dict[str, set[str]] = {}
    for name in (*full["organisation"], *full["place"]):
        if " " in name:
            longer.setdefault(name.split()[0], set()).add(name)
    alone = {text[start:end] for start, end, label in names if label in ("person", "organisation")}
    of = tuple(name[:-1] for name in full["place"] if len(name) > SHORTEST)  # "Tolmian", of Tolmia
    found = {}
    for word in sorted((alone & set(longer)) - people):
        name = min(longer[word])
        bare = word.lower() in _AFTER or name.split()[-1].lower() in _AFTER or name not in full["organisation"]
        if len(longer[word]) > 1 or bare or re.search(_PLACED.format(name=re.escape(word)), text):
            continue
        if not has_people(text, word) and not word.startswith(of):
            found[word] = full["organisation"][name]
    return found


def has_people(text: str, name: str) -> bool:
    """Tell whether a text calls somebody after a place: "Tolma" has "the Tolman minister"."""
    return bool(re.search(rf"\b{re.escape(name)}(?:n|an|ian|ese|ish)s?\b", text))
