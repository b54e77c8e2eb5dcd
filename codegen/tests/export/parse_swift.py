"""Parses Swift files, which must have no syntax error."""

import sys

import tree_sitter
import tree_sitter_swift

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))


def errors(node):
    if node.type == "ERROR" or node.is_missing:
        yield node
    for child in node.children:
        yield from errors(child)


failed = False
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        tree = parser.parse(file.read())
    for node in errors(tree.root_node):
        failed = True
        print(f"{path}:{node.start_point[0] + 1}: {node.text[:80]!r}")
sys.exit(failed)
