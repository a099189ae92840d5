#!/bin/sh
# Make .venv from uv.lock with a pinned uv, bytecode compiled. Needs git's checkout, Python >= 3.11 with venv, a network.
# One clear line and exit code 1 when something is missing. PYTHON=/path names another Python.
set -eu
cd "$(dirname "$0")/../.."

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

version() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null || echo "no Python"
}

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is $(version "$PYTHON"): Hamaynk needs Python 3.11, 3.12 or 3.13."
        echo "$PYTHON"
        return
    fi
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Python is missing or too old ($(version python3)): Hamaynk needs 3.11, 3.12 or 3.13. Name one with PYTHON=/path."
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
began=$(date +%s)

if ! { [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python=$(choose_python) || exit 1
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python has no venv module: install it (Debian: apt-get install python3-venv), then run the same command again."
    echo "creating .venv with Python $(version "$python")"
    "$python" -m venv --clear .venv >"$log" 2>&1 || fail "Cannot create .venv: $(tail -n 1 "$log")"
fi

wanted=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' infra/local/uv-requirements.txt)
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d ' ' -f 2)" != "$wanted" ]; then
    echo "installing uv $wanted"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r infra/local/uv-requirements.txt >"$log" 2>&1 ||
        fail "Cannot install uv $wanted (no network, or a broken download): $(grep -i error "$log" | tail -n 1)"
fi

echo "installing the packages of uv.lock"
if ! VIRTUAL_ENV='' UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never UV_LINK_MODE="${UV_LINK_MODE:-copy}" \
    .venv/bin/uv sync --locked --compile-bytecode --python .venv/bin/python --quiet >"$log" 2>&1; then
    reason=$(sed -n 's/^ *\(error: \|× \|├─▶ \|╰─▶ \|Caused by: \)//p' "$log" | tail -n 1)
    case $(cat "$log") in
    *"needs to be updated"* | *"Failed to parse"*"uv.lock"* | *"Hash mismatch"* | *"hash mismatch"*)
        fail "uv.lock is broken or does not fit pyproject.toml: restore it (git checkout uv.lock). ${reason}" ;;
    *"No space left"*)
        fail "The disk is full: the packages need about 1 GB." ;;
    *)
        fail "The packages of uv.lock cannot be installed (no network?): ${reason:-$(tail -n 1 "$log")}" ;;
    esac
fi
touch .venv/.installed
echo "installed in $(($(date +%s) - began)) s"
