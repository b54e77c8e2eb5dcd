#!/usr/bin/env bash
# Fetches the vendors' pages and says what they changed. It works in a tree of its own, which starts
# from the branch of the open pull request if there is one, so that what people added there stays.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

work=$(mktemp -d "$RUNNER_TEMP/im-errors.XXXXXX")
tree=$work/tree
base=$(git rev-parse HEAD) start=$base
number=$(open_request)
if [ -n "$number" ]; then
  git fetch --quiet origin "refs/heads/$BRANCH"
  start=$(git rev-parse FETCH_HEAD)
fi
git worktree prune
git worktree add --quiet --detach "$tree" "$start"
cd "$tree"
# What was merged into the base since then is no change of the vendor's.
base=$(git merge-base "$base" "$start" || echo "$base")

status=0
im-errors update --catalogs="$CATALOGS" --docs="$DOCS" >"$work/said" 2>"$work/wrong" || status=$?
show "$work/said" "$work/wrong"
# What could be taken over is, even so.
if ((status)); then fail "$(word update)" "$work/wrong"; fi

for folder in "$CATALOGS" "$DOCS"; do
  if [ -e "$folder" ] && ! git check-ignore --quiet "$folder"; then git add --all -- "$folder"; fi
done
if git diff --cached --quiet "$base" && [ "$start" = "$base" ]; then
  output changed false
  exit "$status"
fi

changes() { im-errors diff --since "$base" --catalogs="$CATALOGS" "$@"; }
changes --format markdown >"$work/report.md"
fails_on() {
  local code=0
  changes --fail-on "$1" >/dev/null || code=$?
  case $code in 0) return 1 ;; 4) return 0 ;; *) exit "$code" ;; esac
}
verdict=none
if fails_on breaking; then verdict=breaking; elif fails_on any; then verdict=compatible; fi
summarize "$work/report.md"
output changed true
output verdict "$verdict"
output report "$work/report.md"
output tree "$tree"
case $FAIL_ON:$verdict in
breaking:breaking | any:breaking | any:compatible)
  word "verdict_$verdict" >"$work/verdict"
  annotate error "$(word changed)" "$work/verdict"
  if ((status == 0)); then status=4; fi
  ;;
esac
exit "$status"
