"""Hostile input: each case is a command with the most processor seconds and megabytes that it may
take, the status it ends with, and words that its standard error must hold. Time is the processor's,
so that a busy machine changes nothing; what takes several times its bound is stopped. No run may
panic, and none that fails may change a file, but for what a full disk leaves of a site.

A bound is two to five times what the case takes on a slow core; what grows faster than the input
exceeds it by far. Whether somebody exchanges files while a command runs is not looked at.
"""

import glob
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

TOOL = os.path.abspath(sys.argv[1])
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""
ROOT = os.getcwd()
MB = 1 << 20
HEAD = "| 错误码 | 说明 |\n|---|---|\n"
CATALOG = """title = {{ zh = "甲" }}
vendor = {{ zh = "甲公司" }}
locale = "zh"

[[source]]
file = "{}"
"""
COLUMNS = "catalog,error,field,locale,source,translation\n"
SPEC = """format = 1
catalog = "alpha"
locale = "zh"
title.zh = "甲"
vendor.zh = "甲公司"

[[source]]
file = "page.md"
digest = "00"

[[group]]
id = "g"
title.zh = "组"
"""


def rows(count):
    return "".join(f"| {i} | 说明 {i} |\n" for i in range(count))


def errors(count):
    return "".join(
        f'\n[[error]]\nname = "Error{i}"\ngroup = "g"\ncode = {i}\nsummary.zh = "说明 {i}"\n'
        f'\n[[error.case]]\nat = "page.md:{i + 1}"\n'
        for i in range(count)
    )


def nested(tag, depth):
    return f"<table><tr><th>错误码<th>说明<tr><td>1<td>{f'<{tag}>' * depth}x{f'</{tag}>' * depth}</table>"


def unclosed(count):
    return "<table><tr><th>错误码<th>说明\n" + "<tr><td>1<td><b><a href='x\n\n<!-- `x`\n\n<table \n" * count


def spans(attributes, count):
    return f"<table><tr><th>错误码<th>说明{f'<tr><td {attributes}>1' * count}</table>"


# Each page by name: what it is, and the most seconds and megabytes of `tables` and of `parse`. The
# commands that build on these get what COMMANDS adds.
PAGES = {
    "nested-tags": (lambda: nested("div", 200_000), 2, 200),
    "nested-tables": (lambda: HEAD + "<table><tr><td>y" * 50_000 + "</table>" * 50_000, 2, 200),
    "nested-quotes": (lambda: ">" * 200_000 + "| a | b |\n", 2, 200),
    "rowspan": (lambda: spans("rowspan=65534", 2000), 0.1, 50),
    "colspan": (lambda: spans("colspan=1000000000", 2000), 2, 300),
    "both-spans": (lambda: spans("rowspan=65534 colspan=1000000000", 2000), 2, 300),
    "short-rows": (lambda: "|错误码|a|b|c|\n|-|-|-|-|\n" + "".join(f"|{i}|\n" for i in range(100_000)), 3, 600),
    "one-line": (lambda: HEAD + "| 1 | " + "长文" * (50 * MB // 6) + " |\n", 10, 1500),
    "one-line-of-prose": (lambda: "x" * (50 * MB) + "\n\n" + HEAD + rows(1), 10, 1000),
    "pipes": (lambda: HEAD + "| 1 | a |" + "|" * 1_000_000 + "\n", 4, 900),
    "filled-pipes": (lambda: HEAD + "| 1 | a |" + "x|" * 500_000 + "\n", 6, 1200),
    "pipes-alone": (lambda: "|" * 1_000_000 + "\n" + HEAD + rows(1), 4, 900),
    "unclosed": (lambda: unclosed(20_000), 4, 300),
    "open-comment": (lambda: HEAD + rows(1000) + "\n<!--" * 100_000, 2, 200),
    "open-code": (lambda: HEAD + rows(1) + "\n" + "".join("`" * n + " <b> " for n in range(1500)), 4, 200),
    "entities": (lambda: HEAD + "| 1 | " + "&lt;&#x4e2d;&amp;&nosuch;" * 20_000 + " |\n", 4, 400),
    "html-entities": (lambda: f"<table><tr><th>错误码<th>说明<tr><td>1<td>{'&lt;&#x4e2d;&amp;&nosuch;' * 20_000}</table>", 4, 400),
    "front-matter": (lambda: "---\n" + "a: b\n" * (MB // 5) + "---\n" + HEAD + rows(1), 2, 200),
    "open-front-matter": (lambda: "---\n" + "a: b\n" * (MB // 5) + "\n" + HEAD + rows(1), 2, 300),
    "fences-in-tables": (lambda: "<table><tr><td>1<td>\n```a\n</table>\n\n" * 20_000 + HEAD + rows(1), 2, 200),
    "html-tables": (lambda: "<table><tr><td>x</table>\n\n" * 100_000 + HEAD + rows(1), 2, 300),
    "tables-on-a-line": (lambda: "<table><tr><td>x</table> " * 100_000 + "\n\n" + HEAD + rows(1), 2, 300),
    "escapes-behind-tables": (lambda: "<table><tr><td>x</table>\\` " * 50_000 + "\n\n" + HEAD + rows(1), 2, 200),
    "code-in-tables": (lambda: "<table><tr><td>`<td>`` `</table>` " * 20_000 + "\n\n" + HEAD + rows(1), 2, 200),
    "comments-in-tables": (lambda: "<table><tr><td>x</table><!-- -->`<!--` " * 20_000 + "\n\n" + HEAD + rows(1), 2, 200),
    "links": (lambda: HEAD + "| 1 | " + "[" * 200_000 + " |\n", 3, 300),
    "definitions": (lambda: HEAD + rows(1) + "\n" + "".join(f"[r{i}]: ./{i}\n" for i in range(100_000)), 3, 400),
    "delimiters": (lambda: "|---|---|\n" * 100_000, 6, 600),
    "many-tables": (lambda: (HEAD + "| 1 | x |\n\n") * 20_000, 1, 300),
}

# What a command may take beyond a page's bounds: a factor, and what each gets of its own.
COMMANDS = {"tables": 1, "parse": 1, "diff": 3, "init": 4, "build": 4}

# What a page is refused for, by the commands that need one that can be used.
REFUSED = {
    "nested-quotes": "[no-tables]",
    "one-line": "[cell-too-long]",
    "delimiters": "[no-",
}


class Bench:
    """A folder with the release binary run in it."""

    def __init__(self):
        self.root = tempfile.mkdtemp(prefix="im-errors-hostile-")
        self.failures = []
        self.count = 0
        self.report = []

    def fresh(self):
        shutil.rmtree(self.root, ignore_errors=True)
        os.mkdir(self.root)
        return self

    def write(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        # What a process has used counts for those that it becomes, so that this one stays small.
        writer = os.fork()
        if writer == 0:
            text = text() if callable(text) else text
            with open(path, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())
            os._exit(0)
        assert os.waitpid(writer, 0)[1] == 0, name
        return self

    def catalog(self, source="page.md"):
        return self.write("specs/vendors/alpha/catalog.toml", CATALOG.format(source))

    def sealed(self, toml):
        """A spec.toml as the tool would have sealed it: anybody can."""
        body = toml if isinstance(toml, bytes) else toml.encode()
        digest = hashlib.sha256(body).hexdigest()
        seal = f"# Generated by hand\n# sha256 {digest}\n".encode()
        return self.write("specs/vendors/alpha/spec.toml", seal + body)

    def tree(self):
        found = {}
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = os.path.join(folder, name)
                if name in ("out", "err"):
                    continue
                state = os.lstat(path)
                found[path] = (state.st_size, state.st_mtime_ns, os.path.islink(path))
        return found

    def files(self, folder):
        """What is in the files of a folder."""
        found = {}
        for path in glob.glob("**", root_dir=os.path.join(self.root, folder), recursive=True, include_hidden=True):
            whole = os.path.join(self.root, folder, path)
            if os.path.isfile(whole):
                with open(whole, "rb") as file:
                    found[path] = hashlib.sha256(file.read()).digest()
        return found

    def run(self, name, arguments, seconds, megabytes, status=(0,), words="", limit=None, keeps=True):
        """One case. Prints what it took."""
        if ONLY not in name:
            return
        self.count += 1
        before = self.tree()
        out, err = os.path.join(self.root, "out"), os.path.join(self.root, "err")
        process = os.fork()
        if process == 0:
            os.chdir(self.root)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(os.open(err, os.O_CREAT | os.O_TRUNC | os.O_WRONLY), 2)
            cap = int(seconds * 4) + 5
            resource.setrlimit(resource.RLIMIT_CPU, (cap, cap))
            # Address space is more than memory: threads have stacks, allocators have arenas.
            space = int(megabytes * 2 + 1024) * MB
            resource.setrlimit(resource.RLIMIT_AS, (space, space))
            if limit is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            os.environ.update(LC_ALL="C", IM_ERRORS_LANG="en", SOURCE_DATE_EPOCH="1795203868")
            os.execv(TOOL, [TOOL, *arguments])
        _, ended, used = os.wait4(process, 0)
        code = os.waitstatus_to_exitcode(ended)
        took, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        with open(err, "rb") as file:
            said = file.read(4 * MB).decode(errors="replace")
        wrong = []
        if code not in status:
            wrong.append(f"status {code}, not {status}")
        if took > seconds:
            wrong.append("too slow")
        if memory > megabytes:
            wrong.append("too much memory")
        if words not in said:
            wrong.append(f"no `{words}`")
        if "panicked" in said:
            wrong.append("panicked")
        if code != 0 and keeps and self.tree() != before:
            wrong.append("files changed")
        line = f"{name:42} {took:7.2f} s of {seconds:<6g} {memory:7.0f} MB of {megabytes:<5} status {code}"
        print(line + ("" if not wrong else "  FAILED: " + ", ".join(wrong)), flush=True)
        if wrong:
            self.failures.append(name)
            print(said[:2000], file=sys.stderr)


def pages(bench):
    for name, (make, seconds, megabytes) in PAGES.items():
        if not any(ONLY in f"{command} {name}" for command in COMMANDS):
            continue
        file = "page.md"
        bench.fresh().write(file, make)
        refused = REFUSED.get(name)
        for command, factor in COMMANDS.items():
            arguments = {
                "tables": ["tables", file],
                "parse": ["parse", file],
                "diff": ["diff", file, file],
                "init": ["init", file, "--yes", "--catalog", "new"],
                "build": ["build", "--check"],
            }[command]
            if command == "build":
                bench.fresh().catalog(file).write(f"specs/vendors/alpha/{file}", make)
            # `--yes` and the like differ by page in what they can do; what counts is that they end.
            fine = (0,) if command in ("tables", "parse") and not refused else (0, 1, 3)
            words = refused if refused and command == "parse" else ""
            bench.run(f"{command} {name}", arguments, seconds * factor, megabytes * factor, fine, words)


def encodings(bench):
    gbk = (HEAD + rows(1)).encode("gbk")
    cases = {
        "nul": (HEAD + rows(1)).encode() + b"\0" * 100_000,
        "lone-surrogates": (HEAD + rows(1)).encode() * 1000 + b"\xed\xa0\x80" * 1000,
        # A lead byte without its trail byte.
        "broken-gbk": gbk + b"\x81\x20",
        "utf-16-surrogates": b"\xff\xfe" + b"\x00\xd8" * 100_000,
        "megabytes-of-nothing": lambda: b"\n" * (50 * MB),
    }
    for name, page in cases.items():
        bench.fresh().write("page.md", page)
        for command in ("tables", "parse"):
            bench.run(f"{command} {name}", [command, "page.md"], 4, 500, (1,), "error[")


def fixtures(bench):
    """Every fixture cut at every byte, and with each line twice, all in one page each."""
    if ONLY not in "fixtures":
        return
    folders = [f"{ROOT}/codegen/tests/fixtures/*", f"{ROOT}/specs/vendors/*/sources/*"]
    names = sorted(name for folder in folders for name in glob.glob(folder))
    for name in names:
        if os.path.isdir(name) or name.endswith(".expect.json"):
            continue
        with open(name, "rb") as file:
            page = file.read()
        twice = b"".join(line + line for line in page.splitlines(keepends=True))
        bench.fresh().write("twice.md", twice).write("cut.md", page[: len(page) // 2 + 1])
        bench.run(f"fixture {os.path.basename(name)[:24]} twice", ["parse", "twice.md"], 2, 200, (0, 1))
        bench.run(f"fixture {os.path.basename(name)[:24]} cut", ["parse", "cut.md"], 2, 200, (0, 1))


def specs(bench):
    deep = "x = " + "[" * 100_000 + "]" * 100_000 + "\n"
    tables = "x = " + "{a=" * 50_000 + "1" + "}" * 50_000 + "\n"
    dotted = ".".join("a" for _ in range(100_000)) + " = 1\n"
    cases = {
        "deep-arrays": deep,
        "deep-tables": tables,
        "dotted-keys": dotted,
        "unknown-keys": SPEC + "".join(f"k{i} = 1\n" for i in range(50_000)),
        "one-name": SPEC + errors(1) * 20_000,
        "groups": SPEC + "".join(f'\n[[group]]\nid = "g{i}"\ntitle.zh = "g"\n' for i in range(20_000)),
        "unclosed-string": SPEC + 'x = "' + "a" * (10 * MB),
        "binary": bytes(range(256)) * 4096,
    }
    for name, toml in cases.items():
        commands = {
            "build": ["build"],
            "site": ["site"],
            "explain": ["explain", "1001", "--catalogs", "specs/vendors"],
            "export": ["export", "alpha", "--format", "json"],
        }
        for command, arguments in commands.items():
            bench.fresh().catalog().write("specs/vendors/alpha/page.md", HEAD + rows(3)).sealed(toml)
            bench.run(f"{command} spec {name}", arguments, 3, 500, (0, 1))
    for name, toml in cases.items():
        bench.fresh().write("specs/vendors/alpha/catalog.toml", toml)
        bench.run(f"build catalog {name}", ["build"], 3, 500, (1,), "error[")


def histories(bench):
    """Errors that change from one day to the next, in one table and each in its own."""
    for name, count, separator, first, again, check in (
        ("history", 10_000, "", 6, 6, 1),
        ("history of tables", 20_000, "\n" + HEAD, 24, 18, 3),
    ):
        if ONLY not in name:
            continue
        rows = [[f"| {i} | 说明 {i} {day} |\n" for i in range(count)] for day in range(2)]
        pages = [HEAD + separator.join(rows[day]) for day in range(2)]
        bench.fresh().catalog()
        for day, page in enumerate(pages):
            bench.write("specs/vendors/alpha/page.md", page)
            os.environ["SOURCE_DATE_EPOCH"] = str(1795203868 + day * 86400)
            bench.run(f"{name} day {day}", ["build"], (first, again)[day], 800)
        bench.run(f"{name} check", ["build", "--check"], check, 800)


def exchanges(bench):
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">'
    laughs += "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    unit = '<trans-unit id="alpha/X/summary"><source>s</source><target>{}</target></trans-unit>'
    xliff = '<xliff version="1.2"><file source-language="zh" target-language="en"><body>{}</body></file></xliff>'
    cases = {
        "laughs.xlf": (laughs + "]>" + xliff.format(unit.format("&l11;")), "bad-import"),
        "external.xlf": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xliff.format(unit.format("&e;")), "bad-import"),
        "deep.xlf": (xliff.format("<group>" * 100_000), "bad-import"),
        "inline.xlf": (xliff.format(unit.format("<g>" * 100_000)), "bad-import"),
        "attributes.xlf": (xliff.format("<group " + "".join(f'a{i}="" ' for i in range(20_000)) + "/>"), ""),
        "unclosed.xlf": ("<xliff " + "a" * (10 * MB), "bad-import"),
        "strings.po": ('msgid ""\nmsgstr ""\n' + '"x"\n' * 500_000, ""),
        "unclosed.po": ('msgid "' + "a" * (10 * MB), "bad-import"),
        "escapes.po": ('msgid "' + "\\\\" * 1_000_000 + '"\n', ""),
        "quotes.csv": (COLUMNS + '"' * 3_000_001, ""),
        "commas.csv": (COLUMNS + "," * 3_000_000, ""),
        "rows.csv": (COLUMNS + "alpha,X,summary,en,s,t\n" * 200_000, ""),
        "nul.csv": (COLUMNS.encode() + b"\0" * MB, "binary-file"),
    }
    for name, (text, words) in cases.items():
        bench.fresh().catalog().write("specs/vendors/alpha/page.md", HEAD + rows(3))
        bench.write("specs/vendors/alpha/locales/en.toml", "").write(name, text)
        bench.run(f"import {name}", ["i18n", "import", name, "--locale", "en"], 4, 500, (0, 1), words)


def disks(bench):
    built = lambda: bench.fresh().catalog().write("specs/vendors/alpha/page.md", HEAD + rows(2000))
    # What is too large for the disk, at several points of the build.
    for limit in (1000, 20_000, 100_000):
        built()
        bench.run(f"build disk {limit}", ["build"], 4, 300, (1,), "nothing was written", limit)
    built()
    bench.run("build for site disk", ["build"], 4, 300)
    bench.run("whole for site disk", ["site", "--out", "whole"], 4, 300)
    # Pages of a site are written one by one. What could not be written is made by the next run.
    for limit in (1000, 20_000, 100_000):
        site = ["site", "--out", f"site{limit}"]
        bench.run(f"site disk {limit}", site, 4, 300, (1,), "cannot write it", limit, keeps=False)
        bench.run(f"after site disk {limit}", site, 4, 300)
        if not ONLY or ONLY in f"site disk {limit}":
            assert bench.files(f"site{limit}") == bench.files("whole"), limit
    built()
    disk = os.path.join(bench.root, "disk")
    os.mkdir(disk)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], stderr=subprocess.DEVNULL)
    if mounted.returncode != 0:
        print("SKIPPED: a full disk takes the right to mount one", file=sys.stderr)
        return
    try:
        bench.run("build full-disk", ["build", "--docs", "disk/docs"], 4, 300, (1,), "the disk is full")
        assert ONLY or not os.listdir(disk), os.listdir(disk)
    finally:
        subprocess.run(["umount", disk], check=True)


def main():
    bench = Bench()
    try:
        for cases in (pages, encodings, fixtures, specs, histories, exchanges, disks):
            cases(bench)
    finally:
        shutil.rmtree(bench.root, ignore_errors=True)
    if bench.failures:
        sys.exit(f"error: {len(bench.failures)} of {bench.count} cases: {', '.join(bench.failures)}")
    print(f"{bench.count} cases")


main()
