#!/usr/bin/env bash
# Run once, when the autograder's image is built: a Python, and the grader's own environment.
set -euo pipefail
source="${AUTOGRADER:-/autograder}/source"
cd "$source"

found=
for python in python3 python3.13 python3.12 python3.11; do
    if "$python" -I -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        found="$(command -v "$python")"
        break
    fi
done
if [ -z "$found" ]; then
    apt-get update
    apt-get install -y --no-install-recommends python3.11 python3.11-venv
    found="$(command -v python3.11)"
fi
echo "$found" > "$source/python.txt"
"$found" -I grader.py --version
