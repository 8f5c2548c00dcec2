"""What tells two machines apart whose annotations may differ."""

import ast
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from helpers import annotate, version

pytestmark = pytest.mark.once

HERE = Path(annotate.__file__).parent


def imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


def test_every_package_that_annotate_imports_counts():
    found = {name for path in HERE.rglob("*.py") for name in imported(path.read_text(encoding="utf-8"))}
    assert found - set(sys.stdlib_module_names) - {"helpers"} == set(version.PACKAGES)


@pytest.mark.extras
@pytest.mark.skipif(not find_spec("ray"), reason="Ray is an extra: make extras")
def test_the_version_at_work_here():
    here = version.here()
    assert list(here) == ["code", "Python", *version.PACKAGES, "processor"]
    assert here["code"] == version.code(HERE.parent)[:8]
    assert all(here.values())


def test_two_versions_are_told_apart_by_what_differs():
    one = {"code": "ab", "Python": "3.11.7", "numpy": "2.4.0"}
    assert version.difference(one, dict(one)) is None
    assert version.difference(one, {**one, "Python": "3.12.1", "numpy": "2.4.1"}) == (
        "Python 3.11.7, numpy 2.4.0",
        "Python 3.12.1, numpy 2.4.1",
    )
    assert version.difference({"code": "ab"}, one) == ("Python (none), numpy (none)", "Python 3.11.7, numpy 2.4.0")


def test_code_is_known_by_its_files(tmp_path):
    (tmp_path / "one.py").write_text("1")
    first = version.code(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_bytes(b"1")
    assert version.code(tmp_path) == first
    (tmp_path / "one.py").rename(tmp_path / "two.py")
    assert version.code(tmp_path) != first
