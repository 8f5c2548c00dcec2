"""Tell which version of the code is at work, and on what: where these are the same, so is what is annotated."""

import platform
from functools import cache
from importlib import metadata
from pathlib import Path

from helpers.story import digest, hash_of

# What `annotate` imports, so that its results hang on it.
PACKAGES = ("duckdb", "numpy", "onnxruntime", "pandas", "pyarrow", "ray", "sentencex", "threadpoolctl", "tokenizers")


@cache
def here() -> dict[str, str]:
    """Give the versions at work on this machine: of the code (its hash), of Python, of packages; and the processor."""
    packages = {name: metadata.version(name) for name in PACKAGES}
    return {
        "code": code(Path(__file__).parent)[:8],
        "Python": platform.python_version(),
        **packages,
        "processor": platform.machine(),
    }


def difference(one: dict[str, str], other: dict[str, str]) -> tuple[str, str] | None:
    """Name, of two versions, what differs in each; None where nothing does."""
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return (_words(one, names), _words(other, names)) if names else None


def code(folder: Path) -> str:
    """Hash the files of a folder of code: what they are called, what is in them."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return digest(*(part for path in files for part in (path.relative_to(folder), hash_of(path))))


def _words(version: dict[str, str], names: list[str]) -> str:
    return ", ".join(f"{name} {version.get(name, '(none)')}" for name in names)
