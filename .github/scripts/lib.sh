# shellcheck shell=bash
# What the scripts share; it is sourced. They are told all in variables, and know of GitHub only
# its files, its workflow commands and `gh`.
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export IM_ERRORS_LANG=${LOCALE:-en}

# What people are told, in their language.
word() { sed -n "s/^$1=//p" "$scripts/words/$IM_ERRORS_LANG"; }

# The value of a property of a workflow command, and what stands behind it.
data() {
  local text=$1
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  printf %s "${text//$'\n'/%0A}"
}
property() {
  local text
  text=$(data "$1")
  text=${text//:/%3A}
  printf %s "${text//,/%2C}"
}

# annotate LEVEL TITLE FILE: what stands in the file, as far as an annotation can show it.
annotate() { printf '::%s title=%s::%s\n' "$1" "$(property "$2")" "$(data "$(head -n 40 "$3")")"; }

# show FILE…: into the log, where nothing of it is taken for a workflow command.
show() {
  local token
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  # What has no line break at its end would hide the command behind it.
  awk 1 "$@"
  echo "::$token::"
}

# fitting BYTES FILE: its lines as far as they fit, and a note where some do not.
fitting() {
  if (($(wc -c <"$2") <= $1)); then
    cat "$2"
    return
  fi
  LC_ALL=C awk -v room=$(($1 - 1000)) '{ room -= length($0) + 1 } room < 0 { exit } { print }' "$2"
  printf '\n**%s**\n' "$(word cut)"
}

# summarize FILE: into the summary of the step, which may have a mebibyte.
summarize() { fitting 1000000 "$1" >>"$GITHUB_STEP_SUMMARY"; }

# fail TITLE FILE: says in the log, beside the code and in the summary what is wrong.
fail() {
  annotate error "$1" "$2"
  {
    printf '### %s\n\n' "$1"
    # An indented block ends at no mark.
    sed 's/^/    /' "$2"
    echo
  } >"$2.md"
  summarize "$2.md"
}

output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

# The number of the open pull request from our branch, if there is one; not from a branch of the
# same name in a fork.
open_request() {
  gh api --method GET "repos/$GH_REPO/pulls" -f state=open -f "head=${GH_REPO%%/*}:$BRANCH" -f "base=$BASE" \
    --jq '.[0].number // empty'
}
