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

# Added lines of a diff as file:line:text.
added() {
  awk '
    /^\+\+\+ / { file = substr($0, 5); sub(/^b\//, "", file); next }
    /^@@ / { split($3, at, ","); line = substr(at[1], 2) + 0; next }
    /^\+/ { print file ":" line ":" substr($0, 2); line++ }'
}

case ${1:-} in
  --staged) git diff --cached --unified=0 --no-color --no-ext-diff --text --diff-filter=ACMR --src-prefix=a/ --dst-prefix=b/ | added ;;
  --all) git grep -n -I -e '' ;;
  *)
    echo "usage: $0 --staged | --all" >&2
    exit 2
    ;;
esac | LC_ALL=C grep -E -f "$patterns" | LC_ALL=C grep -v -E -f "$allowed" >"$found" || :

[ -s "$found" ] || exit 0
echo "secrets: these lines look like secrets; take them out, or say in cnf/hooks/secrets.allow why they are none:" >&2
cut -d: -f1,2 "$found" | sed 's/^/  /' >&2
exit 1
