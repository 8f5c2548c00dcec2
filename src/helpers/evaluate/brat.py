"""Read attributions annotated with brat (PolNeAR's layout: text/NAME.txt, attributions/NAME_WHO.ann)."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]
# The text of a span may itself hold line ends, so a line counts only by its identifier.
_LINE = re.compile(r"([TE]\d+)\t(.*)")
_ANNOTATION = re.compile(r"(.+)_([0-9a-z]{4})\.ann")


@dataclass(frozen=True)
class Attribution:
    """One annotated statement: where its content, cue and source stand in the text (code points)."""

    content: Spans
    cue: Spans
    source: Spans


@dataclass(frozen=True)
class Annotated:
    """A text with what each annotator marked in it; the first annotator's marks are the gold."""

    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]

    @property
    def gold(self) -> tuple[Attribution, ...]:
        return self.annotations[0] if self.annotations else ()


def load(folder: str | Path) -> list[Annotated]:
    """Read an annotated corpus, texts in name order and annotators in alphabetical order.

    Needs `text/NAME.txt` and `attributions/NAME_WHO.ann` (brat standoff: T lines are spans, E lines tie
    a Source, a Cue and Contents). An attribution without content is left out.
    Raises FileNotFoundError where `text` or `attributions` is missing, ValueError naming the line that is damaged.
    """
    folder = Path(folder)
    texts, notes = folder / "text", folder / "attributions"
    if not texts.is_dir() or not notes.is_dir():
        raise FileNotFoundError(f"{folder} is no brat corpus: it needs the folders text/ and attributions/")
    files = defaultdict(list)
    for path in sorted(notes.iterdir()):
        if match := _ANNOTATION.fullmatch(path.name):
            files[match.group(1)].append(path)
    return [
        Annotated(path.stem, _read(path), tuple(_attributions(note) for note in files[path.stem]))
        for path in sorted(texts.glob("*.txt"), key=lambda path: path.stem)
    ]


def _read(path):
    # Line ends must stay as they are on disk: brat counts them.
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _attributions(path) -> tuple[Attribution, ...]:
    spans, events = {}, []
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not (match := _LINE.match(line)):
            continue
        name, rest = match.groups()
        try:
            if name.startswith("T"):
                stretches = rest.split("\t")[0].split(" ", 1)[1].split(";")
                spans[name] = [(int(start), int(end)) for start, end in map(str.split, stretches)]
            else:
                events.append([(role, span) for role, span in (part.split(":") for part in rest.split())])
        except (IndexError, ValueError):
            raise ValueError(f"{path}, line {number}: no brat annotation; correct or delete the line") from None
    found = []
    for event in events:
        roles = defaultdict(list)
        for role, span in event:
            roles[role.rstrip("0123456789").lower()] += spans.get(span, [])
        if roles["content"]:
            found.append(Attribution(*(tuple(sorted(roles[r])) for r in ("content", "cue", "source"))))
    return tuple(found)
