#!/usr/bin/env bash
# Is what is generated up to date, what is translated, and what changed since `SINCE`? All three are
# said; the exit status is that of the first that is wrong.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d "$RUNNER_TEMP/im-errors.XXXXXX")
status=0

drift() {
  local code=0
  im-errors build --check --catalogs="$CATALOGS" --docs="$DOCS" >"$work/said" 2>&1 || code=$?
  show "$work/said"
  if ((code == 3)); then
    # The files are the last paragraph, after what is said of catalogs.
    awk -v RS= '{ last = $0 } END { print last }' "$work/said" >"$work/files"
    fail "$(word drift)" "$work/files"
  elif ((code)); then
    fail "$(word unbuilt)" "$work/said"
  fi
  return "$code"
}

translations() { im-errors i18n status --format github --catalogs="$CATALOGS"; }

changes() {
  # Where there is no commit before: the first push of a branch.
  if [ -z "${SINCE//0/}" ]; then return; fi
  if ! git rev-parse --quiet --verify "$SINCE^{commit}" >/dev/null && ! git fetch --quiet --depth=1 origin "$SINCE"; then
    echo "$SINCE $(word since_help)" >"$work/said"
    fail "$(word since)" "$work/said"
    return 1
  fi
  local options=()
  if [ "$FAIL_ON" != none ]; then options+=(--fail-on "$FAIL_ON"); fi
  if [ -n "$WAIVERS" ]; then options+=(--waivers "$WAIVERS"); fi
  im-errors diff --since "$SINCE" --catalogs="$CATALOGS" --format github ${options[@]+"${options[@]}"}
}

first() { if ((status == 0)); then status=$1; fi; }
drift || first $?
translations || first $?
changes || first $?
exit "$status"
