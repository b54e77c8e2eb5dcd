#!/usr/bin/env bash
# Builds the tool from the sources beside this script, unless it came from the cache.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Here, where no toolchain and no settings of the calling repository apply.
cd "$scripts/../.."
[ -x "$ROOT/bin/im-errors" ] || cargo install --locked --quiet --path codegen --root "$ROOT"
echo "$ROOT/bin" >>"$GITHUB_PATH"
