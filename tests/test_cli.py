"""The command line as a user meets it: a process, its output, its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ONTHERECORD = Path(sys.executable).with_name("ontherecord")
QUOTE = "“We will not open the ford before the water falls,” Laura Dennholm said."


def run(
    *arguments: object, text: str | None = None, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess:
    command = [str(ONTHERECORD), *map(str, arguments)]
    environment = {**os.environ, "CI": "1", **environment}
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=cwd, env=environment)


def test_build_says_what_it_did(folder, tmp_path):
    database = tmp_path / "ford.duckdb"
    first, second = run("build", folder, "--db", database), run("build", folder, "--db", database)
    assert (first.returncode, second.returncode, first.stderr) == (0, 0, "")
    assert first.stdout.endswith("(2 newly annotated)\n")
    assert second.stdout == first.stdout.replace("2 newly annotated", "nothing had changed")


def test_what_cannot_be_used_is_named_and_the_exit_status_says_so(folder, tmp_path):
    (folder / "articles" / "empty.txt").write_text("")
    done = run("build", folder, "--db", tmp_path / "ford.duckdb")
    assert done.returncode == 3
    assert done.stderr.startswith("articles/empty.txt: ") and done.stderr.count("\n") == 1
    assert "2 articles" in done.stdout


def test_a_story_of_which_no_file_can_be_used_has_no_report(folder, tmp_path):
    for article in (folder / "articles").iterdir():
        article.write_text("")
    done = run("report", folder, "--out", tmp_path / "out", STORY_DATABASE=str(tmp_path / "ford.duckdb"))
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert done.stderr.splitlines()[-1] == (
        f"{folder}: holds no article, so there is no report to write. Mend the files named above, and try again."
    )


def test_review_writes_what_waits_and_the_next_build_follows_what_is_filled_in(folder, tmp_path):
    (folder / "articles" / "post.txt").write_text(
        "---\npublished_at: undated\n---\nThe ford would open soon, the ferryman said.\n"
    )
    environment = {"STORY_DATABASE": str(tmp_path / "ford.duckdb")}
    assert run("review", folder, **environment).returncode == 0
    table = folder / "review" / "speakers.csv"
    waiting = table.read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[1] for row in waiting] == ["speaker", ""]
    filled = waiting[1].replace(",", ",Laura Dennholm", 1)
    table.write_text(f"{waiting[0]}\n{filled}\n{filled.replace('Laura Dennholm', 'nobody', 1)}\n", encoding="utf-8")
    again = run("review", folder, **environment)
    assert (again.returncode, again.stderr.count("\n")) == (3, 1)
    assert "review/speakers.csv:3: " in again.stderr and "is nobody here and Laura Dennholm on line 2" in again.stderr
    table.write_text(f"{waiting[0]}\n{filled}\n", encoding="utf-8")
    assert "0 statements without a speaker" in run("review", folder, **environment).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("build", "nowhere"), "story.toml: not found."),
        (("report", "nowhere"), "story.toml: not found."),
        (("add", "nowhere", "x"), "story.toml: not found."),
        (("add", "{folder}", "nowhere.txt"), "nowhere.txt: is no file, folder or address. Correct it; an address "),
        (("add", "{folder}", "http://127.0.0.1/"), "http://127.0.0.1/: leads into this machine's own network. If "),
        (("add", "{folder}", "x", "--since", "May"), "--since: 'May' is no day; write one such as 2025-03-04."),
        (
            ("add", "{folder}", "x", "--set", "text=x"),
            "--set 'text=x': write FIELD=VALUE, where FIELD is one of outlet, title, byline, published_at, language.",
        ),
        (("search", "{folder}", "x", "--from", "May"), "--from: 'May' is no day; write one such as 2025-03-04."),
        (
            ("search", "{folder}", "x", "--form", "loud"),
            "--form: 'loud' is none; the forms are direct, mixed, indirect.",
        ),
        (("extract", "--zone", "Mars"), "--zone: 'Mars' is no time zone; write one such as 'Europe/Kyiv'."),
        (("extract", "nowhere.jsonl"), "nowhere.jsonl: cannot be read (No such file or directory)."),
        (("evaluate", "verbs", "."), "'verbs' is no task; the tasks are attribution, "),
        (("evaluate", "story", "{folder}"), "gold.json: not found."),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(folder, arguments, sentence):
    done = run(*(argument.format(folder=folder) for argument in arguments), cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr and done.stderr.count("\n") == 1


def test_extract_goes_line_by_line():
    lines = [{"id": 7, "text": QUOTE, "published_at": "2024-03-05T09:00:00+02:00"}, {"id": 8}]
    done = run("extract", text="\n".join(map(json.dumps, lines)) + "\n{broken\n")
    found, missing, broken = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 3
    (statement,) = found["statements"]
    assert [QUOTE[start:end] for start, end in statement["content"]] == [
        "“We will not open the ford before the water falls,”"
    ]
    assert {name: statement[name] for name in ("part", "form", "act", "speaker", "relay", "said")} == {
        "part": "text",
        "form": "direct",
        "act": "say",
        "speaker": "Laura Dennholm",
        "relay": [],
        "said": ["2024-03-05", "2024-03-05"],
    }
    assert found["mentions"] == [
        {"start": QUOTE.index("Laura"), "end": QUOTE.index(" said"), "actor": "Laura Dennholm", "kind": "name"}
    ]
    assert missing == {"id": 8, "error": '-:2: "text" must be a string; give {"id": …, "text": …}.'}
    assert broken["error"].startswith("-:3: not valid JSON (")


def test_extract_reads_marks_bytes_and_half_characters():
    lines = [
        b'\xef\xbb\xbf{"id": 1, "text": "\\ud800 It is, Laura Dennholm said."}\r',
        b'{"text": "caf\xe9"}',
        b"[" * 9999,
    ]
    lines += [
        b'{"id": NaN, "text": "x"}',
        b'{"id": 5, "text": "x", "published_at": "2024-02-31"}',
        b'{"text": "x", "byline": 5}',
        b'{"text": "x", "published_at": "0001-01-01"}',
    ]
    command = [str(ONTHERECORD), "extract"]
    done = subprocess.run(command, input=b"\n".join(lines), capture_output=True, env={**os.environ, "CI": "1"})
    first, *rest = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, done.stderr, first["id"]) == (3, b"", 1)
    assert [(one["id"], one["error"]) for one in rest] == [
        (None, "-:2: not UTF-8; save the file as UTF-8."),
        (None, "-:3: not valid JSON (nested too deep); one object a line is expected."),
        (None, '-:4: "id" must be a string or a number.'),
        (5, '-:5: "published_at" is no date: 2024-02-31; write it as 2024-05-31.'),
        (None, '-:6: "text" must be a string; give {"id": …, "text": …}.'),
        (None, '-:7: "published_at" is no date: 0001-01-01; write it as 2024-05-31.'),
    ]


def test_add_keeps_and_build_reads(folder, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "radio.txt").write_text(
        "Mayor Peter Askwith said that nobody had asked him.", encoding="utf-8"
    )
    (tmp_path / "more" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("add", folder, tmp_path / "more", "--set", "outlet=Radio Tolm", "--set", "published_at=2024-03-07")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert done.stderr.startswith("more/logo.png: is of a kind we cannot use.")
    assert done.stdout == f"{folder / 'raw'}: 1 file newly kept. Next: ontherecord build {folder}\n"
    assert "3 articles" in run("build", folder, "--db", tmp_path / "ford.duckdb").stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_one_sentence():
    with Path("/dev/full").open("wb") as full:
        text = json.dumps({"text": QUOTE}).encode() + b"\n"
        done = subprocess.run([str(ONTHERECORD), "extract"], input=text, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.decode() == "the output: No space left on device. Mend that and try again.\n"


def test_help_teaches():
    done = run("--help")
    assert done.returncode == 0
    commands = ("new", "add", "build", "report", "search", "review", "lab", "extract", "evaluate")
    assert all(command in done.stdout for command in commands)


@pytest.mark.parametrize("command", ["new", "add", "build", "report", "search", "review", "lab", "extract", "evaluate"])
def test_the_help_of_each_command_has_an_example(command):
    done = run(command, "--help", COLUMNS="200")
    assert done.returncode == 0 and f"ontherecord {command} " in done.stdout.split("Usage", 1)[1].split("\n", 1)[1]


def test_a_new_story_says_what_comes_next_and_is_not_made_twice(tmp_path):
    first, second = run("new", "./ford", cwd=tmp_path), run("new", "./ford", cwd=tmp_path)
    told = first.stdout.splitlines()
    assert first.returncode == 0 and told[0].startswith("ford: a new story. Put articles into ford/articles, ")
    assert [line.split()[:3] for line in told[1:]] == [
        ["ontherecord", command, "ford"] for command in ("add", "lab", "report")
    ]
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == "ford: is there already, and nothing in it was changed. Choose another name.\n"
    assert "no file matches 'articles/*.*'" in run("build", "ford", cwd=tmp_path).stderr


def test_search_marks_its_hits_filters_and_says_when_there_is_none(folder, tmp_path):
    database = tmp_path / "ford.duckdb"
    early = run("search", folder, "ford", "--db", database)
    assert (early.returncode, early.stdout) == (2, "")
    assert early.stderr == f"{database}: not there yet. Run `ontherecord build` on the story first.\n"
    run("build", folder, "--db", database)
    piped = run("search", folder, "opening", "fords", "--speaker", "dennholm", "--form", "direct", "--db", database)
    assert [line.split("\t") for line in piped.stdout.splitlines()] == [
        [
            "2024-03-04",
            "Laura Dennholm (direct)",
            "The Tolm Post",
            "“We will not open the ford before the water falls,”",
        ]
    ]
    nobody = run("search", folder, "ford", "--speaker", "denholm", "--db", database)
    assert (nobody.returncode, nobody.stdout) == (0, "")
    assert nobody.stderr == (
        "ford: nothing has 'ford' with these filters. No speaker is called 'denholm'; did you mean Laura Dennholm?\n"
    )
    lines = run("search", folder, "ford", "--json", "--limit", "2", "--db", database).stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["statement", "statement"]
    rows = run("search", folder, "ford", "--csv", "--to", "2024-03-05", "--db", database).stdout.splitlines()
    assert rows[0].startswith("kind,day,outlet,speaker,form,words,times,") and len(rows) > 1
    nothing = run("search", folder, "ferry", "--outlet", "esk", "--db", database)
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert nothing.stderr == "ford: nothing has 'ferry' with these filters.\n"
