"""Write the model card: what the network was trained on, how well it does, what it must not be used for."""

import json
from pathlib import Path

TEXT = """# Model card: statements.onnx

Finds who said what in English news: tags each word as source, cue or content, and ties the spans together. The same
pass names people, organisations, places and groups.

## What it is

A MiniLM-L6 encoder (all-MiniLM-L6-v2, 22 million parameters, Apache-2.0) with a linear-chain conditional random field
over seven tags and head selection for the ties, fine-tuned here; names come from its fourth layer. Each word also
tells the network its case, whether it opens a line, and where it stands about quotation marks. It was trained in
three runs: at full width, then with {width} of the 1,536 neurons in the middle of each layer, those that move the
output most, taught by the first, then once more under the rounding that its export brings. Weights are int8 but for
the heads, each layer's way out and its query, key and value ({megabytes:.1f} MB).

- `statements.onnx`: the network. In: word pieces and shapes. Out: a score for each tag, four link vectors, a score
  for each kind of name.
- `tokenizer.json`: BERT's uncased word pieces, as they come with the encoder.
- `statements.json`: the decoder's settings and the weights of the confidence.
- `SHA256SUMS`: of these three, by which a damaged file is known.
- `card.json`: the figures below, for programs.

## What it learned from

PolNeAR (Newell, Margolin and Ruths 2018): political news of the 2016 campaign in the United States, seven outlets,
attributions marked by hand. {train} articles to train, {dev} to tune; none of its text is in this repository.
Where several people marked one article, each pass over the data draws one of them.

Names were not marked by hand: the small English spaCy model (en_core_web_sm, MIT) named them in these articles{more},
its labels were mended by the rules of `actors.py`, and the network learned those.

{made}

## How well it does

On the {dev} articles it was tuned on (`ontherecord evaluate attribution CORPUS`); F1 over word tokens:

{figures}

Names agree with those of their teacher, span and kind, at F1 {names:.3f}: that is agreement, not truth.

Confidence is calibrated on the same articles: expected calibration error {error:.3f}, cross-fitted in five parts.
These are the figures of the text it was tuned on. Expect a point or two less on other news, and more on copy that is
far from American politics of 2016: headlines, transcripts, broadcasts, translations.

## Limits

- English only. Other languages give little, and what they give is not to be trusted.
- One person against another reaches .80 / .69 / .75 on such text: no machine can be checked more closely than that.
- It finds that words are attributed, never that they are true, and never who "he" is.
- Beliefs and intentions are marked too; the column `act` tells them from what was said.
- A statement inside a statement, a relay, a condition and an accusation without accuser come from rules and a
  second reading, which PolNeAR cannot measure.

## Licence

The encoder: Apache-2.0. The annotations: PolNeAR's own terms (research). Code and fine-tuned weights: as this project.
"""


def read(folder: Path) -> dict:
    """Read the facts that a folder's card was written from."""
    return json.loads((folder / "card.json").read_text(encoding="utf-8"))


def write(folder: Path, facts: dict) -> None:
    """Write card.md and card.json into `folder`.

    Needs `train`, `dev` (articles), `more` (which other texts taught it names), `made` (how the weights came about),
    `figures` (measure: F1), `names` (F1 against the teacher), `error`, `width` and `megabytes`.
    """
    (folder / "card.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    rows = ["| measure | F1 |", "|---|---|", *(f"| {name} | {f1:.3f} |" for name, f1 in facts["figures"].items())]
    text = TEXT.format(**{**facts, "figures": "\n".join(rows)})
    (folder / "card.md").write_text(text, encoding="utf-8")
