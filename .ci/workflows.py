"""Writes what the linter of workflows does not read as workflows that it reads: the steps of the
action, with its inputs those of the workflow, and the examples of the documentation."""

import pathlib
import re
import sys

import yaml

out = pathlib.Path(sys.argv[1])
action = yaml.safe_load(pathlib.Path("action.yml").read_text("utf-8"))
steps = action["runs"]["steps"]
for step in steps:
    # A workflow has no such need: GitHub asks for it in actions.
    assert "run" not in step or step["shell"] == "bash", step
workflow = {
    "on": {
        "workflow_call": {
            # The defaults hold expressions of the caller's.
            "inputs": {name: {"type": "string"} for name in action["inputs"]},
            "outputs": {name: {"value": f"${{{{ jobs.action.outputs.{name} }}}}"} for name in action["outputs"]},
        }
    },
    "jobs": {
        "action": {
            "runs-on": "ubuntu-latest",
            "outputs": {name: output["value"] for name, output in action["outputs"].items()},
            "env": {name: text["default"] for name, text in action["inputs"].items() if "${{" in text["default"]},
            "steps": steps,
        }
    },
}
(out / "action.yml").write_text(yaml.safe_dump(workflow, sort_keys=False), "utf-8")

examples = re.findall(r"```yaml\n(.*?)```", pathlib.Path("docs/ci.md").read_text("utf-8"), re.S)
assert examples, "docs/ci.md shows no workflow"
for number, example in enumerate(examples):
    (out / f"example-{number}.yml").write_text(example, "utf-8")
