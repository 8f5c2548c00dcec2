"""Find the roles that an article gives its people, and whom a description fits."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.annotate.actors import Mention
from helpers.annotate.roles import changes
from helpers.annotate.roles.beside import LONGEST, OWNER, Role, after, before, by_verb, comma
from helpers.annotate.roles.words import BODY, ENDED, HEAD, HEADS, INNER, NAMED, PASSING, content, singular

if TYPE_CHECKING:
    from helpers.annotate.times import Time

__all__ = [
    "BODY",
    "ENDED",
    "HEAD",
    "HEADS",
    "INNER",
    "NAMED",
    "PASSING",
    "Role",
    "content",
    "described",
    "find",
    "fitting",
    "singular",
]

OWNED = re.compile(r"^.*['’]s?\s")  # whose a role is: a minister's secretary is no minister


def find(text: str, mentions: list[Mention], times: "Sequence[Time]" = ()) -> list[Role]:
    """Find the roles beside a person's name and those that a clause says a person took up or gave up.

    A role begins on the first day that the clause's time expression means and ends the day before it; where the
    expression is no single day, it ends with it ("in May").
    """
    found, last = [], 0
    people = [mention for mention in mentions if mention.label == "person"]
    for mention in people:
        if mention.actor is not None:
            low = max(last, mention.start - LONGEST)
            found += before(text, mention, low) + comma(text, mention, low) + after(text, mention)
            found += changes.changed(text, mention, times) + by_verb(text, mention)
        # A company that was taken for a person may own the role behind it: "Varro's chief executive, Ida Lind".
        last = mention.start if OWNER.match(text, mention.end) else mention.end
    found += (
        changes.replaced(text, people, times)
        + changes.handed(text, people, times)
        + changes.followed(text, people, times)
    )
    kept = {
        (role.start, role.actor): role
        for role in sorted(found, key=lambda role: (role.from_date or role.to_date) is not None)
    }
    return sorted(kept.values(), key=lambda role: (role.start, role.end, role.actor))


def described(words: str, roles: list[Role]) -> str | None:
    """Give the one person of the article whom a description ("the former energy minister") fits, or None."""
    fits = fitting(words, roles)
    return fits.pop() if len(fits) == 1 else None


def fitting(words: str, roles: list[Role]) -> set[str]:
    """Give the people of the article whom a description fits: a role has its head noun and every other word of it."""
    noun = words.split(",")[0]
    wanted = content(noun)
    head = singular(noun)
    if not head or words.split()[0].lower() in ("a", "an", "one", "another", "some", "several"):
        return set()
    over = bool(wanted & ENDED)
    wanted = wanted - ENDED - PASSING
    return {
        role.actor
        for role in roles
        if head in content(OWNED.sub("", role.role))
        and wanted <= content(role.role)
        and bool(content(role.role) & ENDED) == over
    }
