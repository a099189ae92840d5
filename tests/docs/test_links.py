"""What the documentation names exists: files, headings, make targets, commands, settings, tests."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.M | re.S)
LINK = re.compile(r"(?<!\\)\[(?:[^\]\[]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
MAKE = re.compile(r"(?:^|[`$&;|(]|\b[A-Z][A-Z0-9_]*=\S+)\s*make(?= )((?: +[a-z][a-z-]*)+)", re.M)
MANAGE = re.compile(r"manage\.py +([a-z_]+)((?: +[a-z]+(?:\|[a-z]+)*)?)((?: +[^\n`|]*)?)")
MODULE = re.compile(r"-m (infra(?:\.\w+)+)")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]+)")
VARIABLE = re.compile(r"\bHAMAYNK_[A-Z0-9_]+\b")
TEST = re.compile(r"\b(test_\w+)\b(?!\.py)")
TEST_FILE = re.compile(r"`(tests/[\w/]+\.py)`")
CODE_PATH = re.compile(r"`((?:tenants|cms|services_api|themes|platform|infra|tests|docs)/[\w./-]+)`")


def documents() -> list[Path]:
    """All pages that git knows or would take; nothing generated."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split() or [str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")]
    return sorted(ROOT / name for name in {*names, "README.md", "CHANGELOG.md"} if (ROOT / name).exists())


DOCUMENTS = documents()
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def slug(heading: str) -> str:
    """The anchor of a heading as forges make it."""
    text = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


@cache
def anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {slug(heading) for heading in re.findall(r"^#{1,6} +(.+?) *#*$", text, re.M)}


@every_document
def test_every_relative_link_leads_somewhere(document):
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        name, _hash, anchor = target.partition("#")
        file = (document.parent / unquote(name)).resolve() if name else document
        if not file.exists() or ROOT not in (file, *file.parents):
            broken.append(f"{target}: no such file")
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            broken.append(f"{target}: no such heading")
    assert not broken, "\n".join(broken)


@cache
def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@every_document
def test_every_make_target_exists(document):
    named = {word for words in MAKE.findall(document.read_text(encoding="utf-8")) for word in words.split()}
    assert named <= make_targets(), f"unknown: {sorted(named - make_targets())}"


@cache
def usages(command: str) -> dict[str, str]:
    """What a command says of itself, by action; a command without actions says it under ""."""
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    for action in parser._actions:
        if isinstance(action.choices, dict):
            return {name: choice.format_help() for name, choice in action.choices.items()}
    return {"": parser.format_help()}


def has(usage: str, option: str) -> bool:
    return re.search(rf"{option}(?![\w-])", usage) is not None


@every_document
def test_every_command_of_manage_py_exists_with_its_actions_and_options(document):
    unknown = []
    for command, action_words, rest in MANAGE.findall(document.read_text(encoding="utf-8").replace("\\\n", " ")):
        if command not in get_commands():
            unknown.append(command)
            continue
        said = usages(command)
        for action in [""] if "" in said else action_words.strip().split("|"):
            if action and action not in said:
                unknown.append(f"{command} {action}")
                continue
            text = said.get(action, " ".join(said.values()))
            unknown += [f"{command} {action} {each}" for each in OPTION.findall(rest) if not has(text, each)]
    assert not unknown, "\n".join(unknown)


@every_document
def test_every_module_that_is_run_exists(document):
    for module in MODULE.findall(document.read_text(encoding="utf-8")):
        path = ROOT / Path(*module.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@cache
def code_words() -> set[str]:
    """All names of tests and all HAMAYNK_ variables of the code."""
    words: set[str] = set()
    for room in ("platform", "infra", "tests", "tenants"):
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix in {".py", ".sh", ".yaml", ""} and path.name != Path(__file__).name:
                text = path.read_text(encoding="utf-8", errors="ignore")
                words |= set(re.findall(r"\bdef (test_\w+)", text)) | set(VARIABLE.findall(text))
                words.add(path.stem)
    return words | set(VARIABLE.findall((ROOT / ".env.example").read_text(encoding="utf-8")))


@every_document
def test_every_test_and_variable_that_is_named_exists(document):
    text = document.read_text(encoding="utf-8")
    named = set(VARIABLE.findall(text)) | set(TEST.findall(FENCE.sub("", text)))
    assert named <= code_words(), f"unknown: {sorted(named - code_words())}"


@every_document
def test_every_path_of_the_house_exists(document):
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    # A template is also named as Django finds it: `cms/home_page.html`.
    places = (ROOT, *(Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]))
    named = [name.rstrip("/.") for name in CODE_PATH.findall(text)]
    missing = [name for name in named if not any((place / name).exists() for place in places)]
    assert not missing, "\n".join(missing)


@every_document
def test_no_path_of_one_machine(document):
    own = {str(ROOT), str(Path.home()), str(Path(sys.prefix).parent)} - {"/", "/root"}
    text = document.read_text(encoding="utf-8")
    assert not [path for path in own if path in text]


def test_the_checks_see_what_is_wrong():
    """Positive control of the patterns above."""
    assert LINK.findall("[a](b.md#c), [`d`](e/f.md), \\[no](g.md)") == ["b.md#c", "e/f.md"]
    assert MAKE.findall("`make up test` and E2E=0 make lint, but they make nothing") == [" up test", " lint"]
    assert MANAGE.findall("`manage.py fleet upgrade --canary meghri`") == [("fleet", " upgrade", " --canary meghri")]
    assert slug("What `make up` does") == "what-make-up-does"
    assert has(usages("fleet")["upgrade"], "--canary")
    assert not has(usages("fleet")["status"], "--canary")
    assert not has(usages("onboard")[""], "--canar")


def test_every_direct_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        re.split(r"[<>=\[;~! ]", line)[0].lower()
        for line in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    }
    described = set(re.findall(r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.M))
    assert described == wanted
