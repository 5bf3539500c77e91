#!/bin/sh
# Looks for secrets in what is about to be committed (--staged: added lines) or in all tracked files (--all).
# Prints file and line of each, never the text; exits with 1 when there is one.
# What looks like a secret and is none stands in secrets.allow, with the reason.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
patterns=$(mktemp)
allowed=$(mktemp)
found=$(mktemp)
trap 'rm -f "$patterns" "$allowed" "$found"' EXIT
grep -v -e '^#' -e '^$' "$here/secrets.patterns" >"$patterns"
grep -v -e '^#' -e '^$' "$here/secrets.allow" >"$allowed" || :
# An empty list would allow everything to some greps.
[ -s "$allowed" ] || echo 'nothing at all is allowed^' >"$allowed"

# Added lines of a diff as file:line:text. Lines are counted, since an added line may look like a header.
added() {
  awk '
    left > 0 && /^\+/ { print file ":" line ":" substr($0, 2); line++; left--; next }
    left > 0 { next }
    /^\+\+\+ / { file = substr($0, 5); sub(/^b\//, "", file); sub(/\t$/, "", file); next }
    /^@@ / { split($3, at, ","); line = substr(at[1], 2) + 0; left = 2 in at ? at[2] + 0 : 1 }'
}

case ${1:-} in
  --staged) git -c core.quotePath=off diff --cached --unified=0 --no-color --no-ext-diff --text --diff-filter=ACMR --src-prefix=a/ --dst-prefix=b/ | added ;;
  --all) git -c core.quotePath=off grep -n -I -e '' ;;
  *)
    echo "usage: $0 --staged | --all" >&2
    exit 2
    ;;
esac | LC_ALL=C grep -E -f "$patterns" | LC_ALL=C grep -v -E -f "$allowed" >"$found" || :

[ -s "$found" ] || exit 0
echo "secrets: these lines look like secrets; take them out, or say in cnf/hooks/secrets.allow why they are none:" >&2
cut -d: -f1,2 "$found" | sed 's/^/  /' >&2
exit 1
