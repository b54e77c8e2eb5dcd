#!/usr/bin/env bash
# Says where the tool is installed, and under which key it is cached: the same sources on the same
# system make the same tool.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d "$RUNNER_TEMP/im-errors.XXXXXX")
cd "$scripts/../.."
find Cargo.toml Cargo.lock src macros specs codegen -type f -not -path '*/target/*' -not -path '*/tests/*' |
  LC_ALL=C sort >"$work/files"
git hash-object --no-filters --stdin-paths <"$work/files" >"$work/digests"
digest=$(cat "$work/files" "$work/digests" | git hash-object --stdin)
output key "im-errors-$RUNNER_OS-$RUNNER_ARCH-${ImageOS:-}-$digest"
output root "$RUNNER_TEMP/im-errors-tool"
