"""The lines that tests run, as lcov has them: by room, and those of the most delicate ones that none runs."""

import collections
import os
import re
import sys

LISTED = ("read", "interpret", "resolve", "macros")


def room(path):
    """The room that a file is of: of `codegen` a folder or file, else the crate."""
    inner = re.match(r"codegen/src/([a-z0-9_]+)", path)
    if inner:
        return inner[1]
    crate = re.match(r"(.*?)/?src/", path)
    return crate[1].split("/")[0] if crate and crate[1] else "im-errors"


def lines_of(report):
    """By file: how often each of its lines was run."""
    files = collections.defaultdict(dict)
    for line in report:
        kind, _, value = line.strip().partition(":")
        if kind == "SF":
            file = files[os.path.relpath(value)]
        elif kind == "DA":
            number, count = value.split(",")[:2]
            file[int(number)] = file.get(int(number), 0) + int(count)
    return {path: lines for path, lines in files.items() if not path.startswith("..")}


def ranges(numbers):
    found = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in found)


def main():
    with open(sys.argv[1], encoding="utf-8") as report:
        files = lines_of(report)
    rooms = collections.defaultdict(lambda: [0, 0])
    for path, lines in files.items():
        counts = rooms[room(path)]
        counts[0] += sum(count > 0 for count in lines.values())
        counts[1] += len(lines)
    for name, (run, all_lines) in sorted(rooms.items()):
        print(f"{name:14} {100 * run / max(all_lines, 1):6.2f} %  {run:6} of {all_lines:6} lines")
    for path in sorted(files):
        missed = [number for number, count in files[path].items() if count == 0]
        if room(path) in LISTED and missed:
            print(f"{path}: {ranges(missed)}")


main()
