#!/usr/bin/env bash
# Run for each submission: reads its exercises, writes results/results.json.
base="${AUTOGRADER:-/autograder}"
cd "$base/source" || exit 1
unset KATA_VENV
mkdir -p "$base/results"
rm -f "$base/results/results.json"
"$(cat python.txt)" -I grader.py grade --submission "$base/submission" --no-cache --secret --jobs 2 \
    --gradescope "$base/results/results.json" --chapters "@CHAPTERS@" > "$base/results/stdout" 2> "$base/results/why.txt"
if [ ! -s "$base/results/results.json" ]; then
    "$(cat python.txt)" -I - "$base/results/why.txt" "$base/results/results.json" <<'END'
import json, sys

with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
    why = file.read()[-2000:]
text = "Nothing was graded. Hand in the folder exercises, as it is in your repository.\n\n" + why
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump({"score": 0, "output": text, "output_format": "text", "visibility": "visible", "tests": []}, file)
END
fi
