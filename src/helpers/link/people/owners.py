"""Tell which organisation a bare noun means, from the people who speak for it: "the company", "the inspectorate".

Whoever is "Norbeck's spokeswoman" here and "the company's spokeswoman" there tells that Norbeck is the company; and
what has a chief executive, or is called a group or a bank, is one.
"""

import re
from collections import defaultdict

import pandas as pd

from helpers.annotate import roles

_POSSESSED = re.compile(r"(?:the\s)?(?P<owner>.+?)['’]s?\s(?P<role>.*\w)", re.IGNORECASE)
_OF = re.compile(r"(?P<role>.+?)\s(?:of|for|at)\s(?:the\s)?(?P<owner>.+)", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<owner>\w+)\s(?P<role>[\w-]+)")  # "company spokeswoman", "Norbeck spokeswoman"
_NOUN = re.compile(r"[a-z-]+")
_PUBLIC = {"state", "national", "federal", "regional", "local"}
_COMPANIES = set(
    "group company corporation holding holdings inc ltd plc ag airlines airways motors industries bank".split()
)
_EXECUTIVE = re.compile(r"\b(?:chief executive|managing director|finance director)\b", re.IGNORECASE)
_NOBODYS = {"former", "prime", "vice", "deputy", "chief", "staff", "state", "government", "council", "city", "party"}
# What no company is called: an organisation so called is not the company that an article means.
_OTHER = re.compile(
    r"\b(?:agency|association|authority|campaign|club|commission|committee|council|court|department|federation|hospital|"
    r"inspectorate|journal|league|ministry|mirror|news|office|parliament|party|police|post|radio|school|service|society|"
    r"standard|telegraph|times|tribune|union|university)s?\b",
    re.IGNORECASE,
)


class Owners:
    """The organisations that each noun may mean in a story."""

    def __init__(self, held: pd.DataFrame, names: dict[str, str]):
        """Read them from the table roles (actor, role); `names` maps a name in lower case to its organisation."""
        self._names = names
        nouns: dict[tuple[str, str], set[str]] = defaultdict(set)  # by who speaks and what he is: a spokeswoman
        proper: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._speak: dict[str, set[str]] = defaultdict(set)  # the organisations that a person speaks for
        self._bodies: dict[str, set[str]] = defaultdict(set)
        self._bodies["company"] |= {one for one in names.values() if one.split()[-1].lower().rstrip(".") in _COMPANIES}
        for actor, role in zip(held["actor"], held["role"], strict=True):
            if not isinstance(actor, str) or not (found := owner(role)):
                continue
            whose, head = found
            if organisation := names.get(whose.lower()):
                proper[actor, head].add(organisation)
                self._speak[actor].add(organisation)
                if _EXECUTIVE.search(role):
                    self._bodies["company"].add(organisation)
            elif _NOUN.fullmatch(whose) and whose not in _NOBODYS:
                nouns[actor, head].add(whose)
        for held_by, own in nouns.items():
            for noun in own if len(proper[held_by]) == 1 else ():
                self._bodies[noun] |= proper[held_by]
        self._typed = {name for noun, own in self._bodies.items() if noun != "company" for name in own}

    def of(self, words: str, here: set[str]) -> str | None:
        """Give the organisation of a description "the company", the only one that it fits of those an article knows.

        Those are the organisations that `here` names, and those of the people whom it names.
        """
        *told, noun = re.sub(r"^the\s+", "", words.strip(" ,"), flags=re.IGNORECASE).split() or [""]
        known = {self._names.get(name.lower()) for name in here} | {
            one for name in here for one in self._speak.get(name, ())
        }
        fits = {
            name for name in self._bodies.get(noun, ()) if {*map(str.lower, told)} <= {*name.lower().split(), *_PUBLIC}
        }
        found = fits & known or (fits if told else set())  # "the state inspectorate" is told from others by itself
        if noun == "company":
            found |= {name for name in known - self._typed if name and not _OTHER.search(name)}  # may be one, too
        return next(iter(found)) if len(found) == 1 and found <= fits else None


def owner(role: str) -> tuple[str, str] | None:
    """Give whose a role is, and what: ("Norbeck", "spokeswoman") of "spokeswoman for Norbeck"; None where not told."""
    for shape in (_POSSESSED, _OF, _BEFORE):
        found = shape.fullmatch(role.strip())
        if found and (head := roles.singular(found["role"])):
            return found["owner"], head
    return None
