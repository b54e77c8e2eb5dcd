#!/usr/bin/env bash
# Commits what `update.sh` left staged in `TREE`, and opens a pull request with the report, or brings
# the open one up to date.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$TREE"
if ! git diff --cached --quiet; then
  git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    commit --quiet --message "$(word title)"
fi
# Their number of characters is limited to 65,536, which these are too if so many bytes are.
fitting 65000 "$REPORT" >"$REPORT.body"
others=()
for kind in breaking compatible none; do
  if [ "$kind" != "$VERDICT" ]; then others+=("im-errors: $kind"); fi
  case $kind in breaking) colour=b60205 ;; compatible) colour=fbca04 ;; none) colour=c2e0c6 ;; esac
  gh label create "im-errors: $kind" --force --color "$colour" --description "$(word "verdict_$kind")"
done

number=$(open_request)
if [ -n "$number" ]; then
  # Not by force: what somebody pushed meanwhile stays.
  git push --quiet origin "HEAD:refs/heads/$BRANCH"
  gh pr edit "$number" --body-file "$REPORT.body" --add-label "im-errors: $VERDICT" \
    --remove-label "${others[0]}" --remove-label "${others[1]}"
else
  git push --quiet --force origin "HEAD:refs/heads/$BRANCH"
  if ! gh pr create --head "$BRANCH" --base "$BASE" --title "$(word title)" --body-file "$REPORT.body" \
    --label "im-errors: $VERDICT"; then
    word request_help >"$REPORT.wrong"
    fail "$(word request)" "$REPORT.wrong"
    exit 1
  fi
fi
