"""The repository that students get, and the shell steps of its build servers, run in scratch clones by cheats."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kata.classroom import bundle, template
from kata.classroom.template import Address, NotExported
from kata.judge.rubric import read_rubric
from kata.program import ROOT
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace

CATALOG = load(ROOT)
WORKSPACE = Workspace(ROOT)
FIRST = CATALOG.find("1.1")
ADDRESS = Address("https://github.com/teacher/asyncio-kata.git", "0" * 40)

posix_with_git = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git") or not shutil.which("bash"), reason="needs git and bash"
)


def exported(*, tests: bool = True) -> dict[str, bytes]:
    """What students get."""
    return template.students_files(CATALOG, WORKSPACE, ADDRESS, tests=tests)


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    who = ["-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def repository(folder: Path, files: dict[str, bytes]) -> str:
    """A new repository with these files; the hash of its commit."""
    template.write(folder, files)
    git(folder, "init", "-q")
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-qm", "all")
    return git(folder, "rev-parse", "HEAD")


@pytest.mark.parametrize("tests", [True, False])
def test_the_same_bytes_each_time_and_no_answers(tests: bool) -> None:
    files = exported(tests=tests)
    assert files == exported(tests=tests)
    assert not [name for name in files if name.startswith(("solutions/", "tests/answers/", "tests/engine/", "bench/"))]
    assert (f"tests/hidden/{FIRST.chapter}/test_{FIRST.stem}.py" in files) == tests
    assert ("tests/hidden/criteria.json" in files) == (not tests)
    everything = b"\n".join(files.values())
    for exercise in CATALOG.exercises:
        assert exercise.solution(ROOT).read_bytes() not in everything
        assert files[f"exercises/{exercise.id}.py"] == WORKSPACE.pristine(exercise).encode()
        if not tests:
            assert exercise.hidden(ROOT).read_bytes() not in everything
    manifest = json.loads(files["asyncio-kata.json"])
    assert manifest["files"] == template.digests({name: files[name] for name in manifest["files"]})
    assert manifest["files"].keys() == files.keys() - {"asyncio-kata.json"}


def test_the_whole_program_is_handed_out() -> None:
    package = [path for path in (ROOT / "kata").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert not {path.relative_to(ROOT).as_posix() for path in package} - exported().keys()


def test_what_the_texts_of_exercises_lead_to_is_there() -> None:
    files = exported()
    for name in files:
        if name.startswith("exercises/") and name.endswith(".md"):
            for link in re.findall(r"\]\((?!https?:)([^)#]+)", files[name].decode()):
                assert os.path.normpath(f"{os.path.dirname(name)}/{link}") in files, f"{name} leads to {link}"


def test_no_mark_of_a_template_is_left() -> None:
    files = exported()
    for name in (".github/workflows/classroom.yml", ".gitlab-ci.yml", "README.md"):
        assert not re.findall(rb"@[A-Z_]{4,}@", files[name])


def test_what_editors_read_is_handed_out_as_it_is_here() -> None:
    files = exported()
    assert {".vscode/tasks.json", ".vscode/settings.json", ".devcontainer/devcontainer.json"} < set(files)
    for name in template.FOR_EDITORS:
        assert files[name] == (ROOT / name).read_bytes().replace(b"\r\n", b"\n")


def test_every_worth_of_a_criterion_reaches_the_reporter() -> None:
    text = exported()[".github/workflows/classroom.yml"].decode()
    passed = {
        int(worth) for worth in re.findall(r"POINTS(\d+)_RESULTS: \$\{\{ steps.score.outputs.points\1 \}\}", text)
    }
    worths = {
        item.points for exercise in CATALOG.exercises for item in read_rubric(exercise.hidden(ROOT), exercise.points)
    }
    assert worths <= passed


def test_what_github_and_gitlab_say_of_the_workflows(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema has the schemas")
    files = exported()
    for schema, name in {"github-workflows": ".github/workflows/classroom.yml", "gitlab-ci": ".gitlab-ci.yml"}.items():
        (tmp_path / "file.yml").write_bytes(files[name])
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", "file.yml"]
        assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0


@pytest.mark.parametrize("commit", ["main", "", "0" * 39, "0" * 40 + "\n", "g" * 40])
def test_a_judge_is_pinned_to_a_whole_hash(commit: str) -> None:
    with pytest.raises(NotExported, match="no whole hash"):
        Address("https://github.com/a/b", commit)


@pytest.mark.parametrize("url", ['https://x/a/b"; rm', "", "a b", "https://x/a/b\n"])
def test_an_address_cannot_end_a_line_of_a_workflow(url: str) -> None:
    with pytest.raises(NotExported, match="no address"):
        Address(url, "0" * 40)


@pytest.mark.parametrize("url", ["https://github.com/a/b.git", "git@github.com:a/b.git", "https://x.example/a/b/"])
def test_the_repository_of_an_address(url: str) -> None:
    assert Address(url, "0" * 40).repository == "a/b"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    with pytest.raises(NotExported, match="not empty"):
        template.write(tmp_path, exported())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


# Students, and what build servers do with their repositories


def honest(student: Path) -> None:
    """The first exercise is solved."""
    shutil.copy(FIRST.solution(ROOT), student / "exercises" / f"{FIRST.id}.py")


def tests_edited(student: Path) -> None:
    """Hidden tests that say yes to everything."""
    honest(student)
    for path in (student / "tests/hidden").rglob("test_*.py"):
        names = re.findall(r"def (test_\w+)", path.read_text())
        path.write_text("".join(f"async def {name}(exercise):\n    pass\n" for name in names))


def program_edited(student: Path) -> None:
    """A grader that gives everything."""
    honest(student)
    forged = "import sys\nprint('1,000 of 1,000 points')\nsys.exit(0)\n"
    for name in ("grader.py", "kata/__init__.py", "kata/judge/scoring.py", "kata/reports/json_report.py"):
        (student / name).write_text(forged)
    (student / "exercises/catalog.toml").write_text("")


def configured(student: Path) -> None:
    """Files that Python and pytest look for, wherever they may look."""
    honest(student)
    evil = "import os\nos._exit(0)\n"
    for folder in ("", "exercises", f"exercises/{FIRST.chapter}"):
        for name in ("conftest.py", "sitecustomize.py", "usercustomize.py", "pytest.py", "msgspec.py", "kata.py"):
            (student / folder / name).write_text(evil)
        for name in ("pytest.ini", "setup.cfg", "tox.ini", "pip.conf"):
            (student / folder / name).write_text("[pytest]\naddopts = --collect-only\n")


def cached(student: Path) -> None:
    """Saved verdicts and an environment of one's own."""
    honest(student)
    verdicts = student / ".kata" / "verdicts"
    verdicts.mkdir(parents=True)
    for exercise in CATALOG.exercises:
        verdict = {"id": exercise.id, "status": "passed", "points": exercise.points, "max_points": exercise.points}
        saved = {"key": "", "verdict": {**verdict, "seconds": 0.0}, "submission": ""}
        (verdicts / f"{exercise.id.replace('/', '__')}.json").write_text(json.dumps(saved))
    for name in ("python", "python3", "pip", "git"):
        program = student / ".venv" / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\necho forged\nexit 0\n")
        program.chmod(0o755)
    (student / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n")
    (student / ".venv/asyncio-kata.stamp").write_text("packages = x\n")


def with_solutions(student: Path) -> None:
    """Solutions beside the exercises, and exercises that read them."""
    honest(student)
    shutil.copytree(ROOT / "solutions" / FIRST.chapter, student / "solutions" / FIRST.chapter)
    shutil.copytree(ROOT / "solutions" / FIRST.chapter, student / FIRST.chapter)
    shutil.copytree(ROOT / "solutions" / FIRST.chapter, student / "exercises/exercises" / FIRST.chapter)
    for exercise in CATALOG.chapter("1").exercises[1:]:
        path = student / "exercises" / f"{exercise.id}.py"
        path.write_text(
            "import glob, os\n"
            "for place in ('.', '..', '../..', os.path.dirname(__file__) + '/../..', os.environ.get('PWD', '.')):\n"
            f"    for name in glob.glob(place + '/**/{exercise.stem}.py', recursive=True):\n"
            "        exec(open(name).read())\n"
        )


STUDENTS = [honest, tests_edited, program_edited, configured, cached, with_solutions]


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The teacher's repository and its commit."""
    folder = tmp_path_factory.mktemp("teacher") / "kata"
    return folder, repository(folder, exported())


@pytest.fixture(params=STUDENTS, ids=lambda student: student.__name__)
def student(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A student's repository, with all that was done to it committed."""
    folder = tmp_path / "student"
    repository(folder, exported())
    request.param(folder)
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-qm", "my work")
    return folder


def block(text: str, mark: str) -> str:
    """The lines of a ``|`` block that follows ``mark`` in YAML."""
    lines = text.partition(mark)[2].splitlines()[1:]
    indent = len(lines[0]) - len(lines[0].lstrip())
    kept = []
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            break
        kept.append(line[indent:])
    return "\n".join(kept) + "\n"


def bash(script: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a build server does: nothing else in its environment, and an end at the first failure."""
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"])
    with tempfile.TemporaryDirectory() as temporary:
        environment = {"PATH": path, "HOME": str(cwd), "LANG": "C.UTF-8", "TMPDIR": temporary, **more}
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture
def on_github(teacher: tuple[Path, str], tmp_path: Path) -> Callable[..., tuple[int, dict[str, str], Path, str]]:
    """``on_github(student)`` runs what the workflow does up to its reporter."""

    def run(student: Path, **variables: str) -> tuple[int, dict[str, str], Path, str]:
        place = tmp_path / "runner"
        place.mkdir()
        text = exported()[".github/workflows/classroom.yml"].decode()
        [pattern] = re.findall("sparse-checkout: (.*)", text)
        git(place, "clone", "-q", "--no-checkout", str(student), "submission")
        git(place / "submission", "sparse-checkout", "set", "--no-cone", pattern)
        git(place / "submission", "checkout", "-q")
        git(place, "clone", "-q", str(teacher[0]), "judge")
        git(place / "judge", "checkout", "-q", teacher[1])
        outputs, summary = place / "outputs", place / "summary"
        files = {"GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary)}
        script = block(text.partition("- name: Score the exercises")[2], "run: |")
        settings = {"FAIL_UNDER": "0", "CHAPTERS": "1", **variables}
        done = bash(script, place, **files, **settings)
        told = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
        return done.returncode, told, place, done.stdout

    return run


def points_told(outputs: dict[str, str]) -> tuple[float, float]:
    """What the reporter's notice says."""
    results = [json.loads(base64.b64decode(outputs[name])) for name in outputs["runners"].split(",")]
    points = sum(test["score"] for result in results for test in result["tests"])
    return points, sum(result["max_score"] for result in results)


MOST = sum(exercise.points for exercise in CATALOG.chapter("1").exercises)


@posix_with_git
def test_on_github_everybody_gets_what_the_exercises_are_worth(on_github: Callable[..., object], student: Path) -> None:
    code, outputs, place, log = on_github(student)  # type: ignore[misc]
    assert code == 0, log
    card = json.loads((place / "report/scorecard.json").read_text())
    assert (card["points"], card["max_points"]) == (FIRST.points, MOST)
    assert points_told(outputs) == (FIRST.points, MOST)
    assert "forged" not in log
    assert f"{FIRST.points} of {MOST} points" in (place / "summary").read_text()
    assert {path.name for path in (place / "submission").iterdir()} == {".git", "exercises"}
    for name in ("junit.xml", "report.html"):
        assert (place / "report" / name).stat().st_size > 1000


@posix_with_git
def test_on_github_a_student_without_exercises_is_told_so(on_github: Callable[..., object], tmp_path: Path) -> None:
    folder = tmp_path / "student"
    repository(folder, {"README.md": b"nothing"})
    code, outputs, place, _ = on_github(folder)  # type: ignore[misc]
    assert code == 2
    assert points_told(outputs) == (0, 1)
    assert "could not be graded" in (place / "summary").read_text()


@posix_with_git
@pytest.mark.parametrize("student", [configured, cached, with_solutions], indirect=True)
def test_on_gitlab_everybody_gets_what_the_exercises_are_worth(teacher: tuple[Path, str], student: Path) -> None:
    text = exported()[".gitlab-ci.yml"].decode()
    variables = {"JUDGE_URL": f"file://{teacher[0]}", "JUDGE_COMMIT": teacher[1], "FAIL_UNDER": "0", "CHAPTERS": "1"}
    done = bash(block(text, "  script:\n    - |"), student, CI_PROJECT_DIR=str(student), **variables)
    assert done.returncode == 0, done.stderr
    card = json.loads((student / "report/scorecard.json").read_text())
    assert (card["points"], card["max_points"]) == (FIRST.points, MOST)
    assert (student / "report/junit.xml").is_file() and (student / "report/index.html").is_file()


@posix_with_git
def test_gradescope_runs_its_bundle(tmp_path: Path) -> None:
    data = bundle.bundle(CATALOG, WORKSPACE, "1")
    assert data == bundle.bundle(CATALOG, WORKSPACE, "1")
    base = tmp_path / "autograder"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {"setup.sh", "run_autograder"} <= set(archive.namelist())
        archive.extractall(base / "source")
    honest_files = base / "submission" / "exercises" / f"{FIRST.id}.py"
    honest_files.parent.mkdir(parents=True)
    shutil.copy(FIRST.solution(ROOT), honest_files)
    (base / "submission" / "conftest.py").write_text("import os\nos._exit(0)\n")
    assert bash("bash source/setup.sh", base, AUTOGRADER=str(base)).returncode == 0
    bash("bash source/run_autograder", base, AUTOGRADER=str(base))
    results = json.loads((base / "results/results.json").read_text())
    assert results["score"] == FIRST.points
    assert sum(test["max_score"] for test in results["tests"]) == MOST
    shutil.rmtree(base / "submission")
    (base / "submission").mkdir()
    bash("bash source/run_autograder", base, AUTOGRADER=str(base))
    results = json.loads((base / "results/results.json").read_text())
    assert (results["score"], results["tests"]) == (0, [])
    assert "Hand in the folder exercises" in results["output"]
    assert "holds no chapter such as 01_coroutines" in results["output"]


@posix_with_git
def test_a_copy_without_tests_shows_what_can_be_shown(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    template.write(folder, exported(tests=False))
    graded = bash("python grader.py", folder)
    assert (graded.returncode, graded.stdout) == (3, "")
    assert graded.stderr.count("\n") == 1 and "judged when you push" in graded.stderr
    shown = bash("python grader.py run 1.1", folder)
    assert shown.returncode == 1
    for item in read_rubric(FIRST.hidden(ROOT), FIRST.points):
        assert " ".join(item.text.split())[:30] in " ".join(shown.stdout.split())
    assert "Task-1" in shown.stdout
    asked = bash("python grader.py solution 1.1 --yes", folder)
    assert (asked.returncode, asked.stderr.count("\n")) == (3, 1)
    assert "ask your teacher" in asked.stderr
