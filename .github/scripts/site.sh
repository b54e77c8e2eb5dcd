#!/usr/bin/env bash
# Makes the site in a folder where nothing is but what belongs to it, since all of it is published.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d "$RUNNER_TEMP/im-errors.XXXXXX")
options=(--catalogs="$CATALOGS" --out="$OUT")
if [ -n "$ADDRESS" ]; then options+=(--base="$ADDRESS"); fi
if [ -n "$(find "$OUT" -mindepth 1 -print -quit 2>/dev/null)" ]; then
  echo "$OUT: $(word filled_help)" >"$work/said"
  fail "$(word filled)" "$work/said"
  exit 1
fi
status=0
im-errors site "${options[@]}" >"$work/said" 2>&1 || status=$?
show "$work/said"
if ((status)); then fail "$(word site)" "$work/said"; fi
exit "$status"
