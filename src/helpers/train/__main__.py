"""Train the network on a corpus, export, calibrate and measure it: `python -m helpers.train CORPUS`."""

import argparse
import json
import logging
import shutil
import sys
from dataclasses import fields
from pathlib import Path

from tokenizers import Tokenizer

from helpers.annotate import statements, tagger
from helpers.evaluate import attribution, brat
from helpers.story import hash_of
from helpers.train import calibrate, card, export, fit, network, restore, silver

# Tried on dev: what is added to the score of starting a cue, and the confidence below which nothing is kept.
EAGER = (0.0, 0.4, 0.8, 1.2)
LEAST = (0.25, 0.3, 0.35, 0.4, 0.45)


def main() -> None:
    """Read the command line and run the stages; an interrupted run goes on where it stopped."""
    parser = argparse.ArgumentParser(prog="python -m helpers.train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder with train/ and dev/ in brat standoff (see the model card)")
    parser.add_argument("--work", type=Path, default=Path("data/build/train"), help="where checkpoints go")
    parser.add_argument("--model", type=Path, default=tagger.MODEL, help="where the model goes")
    parser.add_argument("--texts", type=Path, help="folder of .txt files, a text each, to learn more names from")
    parser.add_argument("--start", type=Path, help="go on from the model in this folder, not from the bare encoder")
    parser.add_argument("--measure", action="store_true", help="train nothing: measure the model again, for its card")
    for field in fields(fit.Plan):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    options = vars(parser.parse_args())
    corpus, work, model, texts, start = map(options.pop, ("corpus", "work", "model", "texts", "start"))
    again = options.pop("measure")
    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("helpers").setLevel(logging.INFO)  # of the exporters only what goes wrong
    try:
        if again:
            return measure(model, brat.load(corpus / "dev"), card.read(model))
        train, dev = brat.load(corpus / "train"), brat.load(corpus / "dev")
        more = _plain(texts) if texts else []
        weights = restore.restore(start) if start else None
    except (FileNotFoundError, ValueError) as problem:
        sys.exit(str(problem))
    plan = fit.Plan(**options)
    names = list(silver.names(one.text for one in [*train, *more]))
    made = work / "model"  # until all of it is measured, the model that is in use stays
    export.export(fit.train([*train, *more], names, pieces(), plan, work, weights), made)
    settings = ", ".join(f"{name} {value}" for name, value in vars(plan).items())
    begun = "Trained from the bare encoder" if start is None else "A run that went on from an earlier model,"
    facts = {
        "train": len(train),
        "made": f"{begun} with these settings: {settings}.",
        "width": plan.width,
        "more": f" and in {len(more):,} other texts" if more else "",
    }
    try:
        settle(made, dev)
    except ValueError as problem:
        sys.exit(str(problem))
    measure(made, dev, facts)
    shutil.copytree(made, model, dirs_exist_ok=True)
    seal(model)
    print(f"{model}: the new model. Its card is card.md; build the story anew to use it.")


def _plain(folder: Path) -> list[brat.Annotated]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder; name one that holds .txt files")
    return [brat.Annotated(path.stem, path.read_text("utf-8"), ()) for path in sorted(folder.rglob("*.txt"))]


def pieces() -> Tokenizer:
    """Load the encoder's tokenizer, without the padding and cutting it comes with."""
    tokenizer = Tokenizer.from_file(str(network.pretrained() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def settle(model: Path, dev: list[brat.Annotated]) -> None:
    """Settle the decoder and the confidence of an exported model on dev."""
    path = model / "statements.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    network_output = {one.text: tagger.outputs(one.text, model) for one in dev}

    def score():
        found = {one.text: tagger.sure(tagger.read(*network_output[one.text], settings), settings) for one in dev}
        counts = [attribution.count(one.text, one.gold, list(map(_attribution, found[one.text]))) for one in dev]
        return attribution.table(counts)

    def choose(name, choices):
        def quality(choice):
            settings[name] = choice
            return score().set_index("measure")["f1"][["detect", "exact", "full"]].sum()

        settings[name] = max(choices, key=quality)

    choose("eager", EAGER)
    found = calibrate.evidence(dev, lambda text: _predicted(network_output[text], settings))
    settings["confidence"] = [round(float(weight), 4) for weight in calibrate.weights(found)]
    choose("least", LEAST)
    path.write_text(json.dumps(settings) + "\n", encoding="utf-8")
    tagger.forget()  # what was loaded still has the settings of before


def measure(model: Path, dev: list[brat.Annotated], facts: dict) -> None:
    """Measure a model on dev and write its card.

    Needs the `facts` of the card that are no measurements. The error of the confidence is cross-fitted.
    """
    settings = json.loads((model / "statements.json").read_text(encoding="utf-8"))
    found = calibrate.evidence(dev, lambda text: _predicted(tagger.outputs(text, model), settings))
    bins = attribution.reliability(calibrate.outcomes(found))
    counts = [attribution.count(one.text, one.gold, statements.find(one.text, model=model)) for one in dev]
    measured = attribution.table(counts)
    names = silver.agreement([one.text for one in dev], model)
    print(measured.round(3).to_string(index=False))
    print(f"names, against their teacher's: {names:.3f}")
    card.write(
        model,
        {
            **facts,
            "dev": len(dev),
            "names": round(names, 4),
            "error": round(attribution.calibration_error(bins), 4),
            "figures": {row.measure: round(row.f1, 4) for row in measured.itertuples()},
            "reliability": bins.round(4).to_dict("records"),
            "megabytes": round((model / "statements.onnx").stat().st_size / 1e6, 1),
        },
    )


def seal(model: Path) -> None:
    """Write the sums by which it is known when a model's files are damaged, as `sha256sum` does."""
    lines = [f"{hash_of(model / name)}  {name}\n" for name in tagger.FILES]
    (model / tagger.SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _predicted(outputs, settings):
    return [(_attribution(one), evidence) for one, evidence in tagger.read(*outputs, settings)]


def _attribution(one: tagger.Tagged) -> brat.Attribution:
    return brat.Attribution(one.content, (one.cue,) if one.cue else (), (one.source,) if one.source else ())


if __name__ == "__main__":
    main()
