"""Tell which organisation a bare noun means, from the people who speak for it: "the company", "the inspectorate".

Whoever is "Norbeck's spokeswoman" here and "the company's spokeswoman" there tells that Norbeck is the company; and
what has a chief executive is one.
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
_EXECUTIVE = re.compile(r"\b(?:chief executive|managing director|finance director|owner|founder)\b", re.IGNORECASE)


class Owners:
    """The organisations that each noun may mean in a story."""

    def __init__(self, held: pd.DataFrame, names: dict[str, str]):
        """Read them from the table roles (actor, role); `names` maps a name in lower case to its organisation."""
        self._names = names
        nouns: dict[str, set[str]] = defaultdict(set)
        self._speak: dict[str, set[str]] = defaultdict(set)  # the organisations that a person speaks for
        self._bodies: dict[str, set[str]] = defaultdict(set)
        for actor, role in zip(held["actor"], held["role"], strict=True):
            if not isinstance(actor, str) or not (found := owner(role)):
                continue
            if organisation := names.get(found.lower()):
                self._speak[actor].add(organisation)
                if _EXECUTIVE.search(role):
                    self._bodies["company"].add(organisation)
            elif _NOUN.fullmatch(found):
                nouns[actor].add(found)
        for actor, own in nouns.items():
            for noun in own if len(self._speak[actor]) == 1 else ():
                self._bodies[noun] |= self._speak[actor]

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
        here = fits & known or (fits if told else set())  # "the state inspectorate" is told from others by itself
        return next(iter(here)) if len(here) == 1 else None


def owner(role: str) -> str | None:
    """Give whose a role is: "Norbeck" of "Norbeck's spokeswoman", of "spokeswoman for Norbeck"; None where not told."""
    for shape in (_POSSESSED, _OF, _BEFORE):
        found = shape.fullmatch(role.strip())
        if found and roles.singular(found["role"]):
            return found["owner"]
    return None
