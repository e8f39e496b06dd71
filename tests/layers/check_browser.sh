#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_browser.sh <repository> [em++]
# Everything that a browser will run must be understood by Debian's Emscripten: each file of the
# modules below without headers of third parties is checked for syntax. Files that cannot are listed,
# with the reason, in browser_exempt.txt; one that is listed without need fails too.
# Exit 77: there is no em++, nothing was checked.
set -u
root=$1
compiler=${2:-em++}
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v "$compiler" >/dev/null 2>&1; then
  echo "skipped: $compiler is not installed (Debian: apt-get install emscripten)"
  exit 77
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The check can fail: this is no 64-bit machine, and Emscripten must say so.
echo 'static_assert(sizeof(void*) == 8);' >"$work/wrong.cpp"
if "$compiler" -std=c++20 -fsyntax-only "$work/wrong.cpp" >/dev/null 2>&1; then
  echo "$compiler accepts what it must refuse"
  exit 1
fi

exempt() { sed -n 's/^\([^# ]*\) .*/\1/p' "$here/browser_exempt.txt" | grep -qxF "$1"; }
has_third_party() {
  grep -qE '^#include <(xercesc|libxml|openssl|unicode|re2|boost|simdjson|archive|zstd|date)' "$1"
}

cd "$root" || exit 1
failed=0
checked=0
for file in $(git ls-files 'core/*.?pp' 'text/*.?pp' 'xml/*.?pp' 'validator/*.?pp' \
                           'converter/*.?pp' 'disclosure/*.?pp' 'report/*.?pp'); do
  if has_third_party "$file"; then continue; fi
  case $file in validator/xsd/*detail/*) continue ;; esac
  if exempt "$file"; then continue; fi
  # A header is checked through the file that includes it; alone it would be read twice.
  case $file in *.hpp) continue ;; esac
  echo "$file" >>"$work/list"
  checked=$((checked + 1))
done
# A few at a time: starting the compiler for each would take longer than reading it.
if ! xargs -a "$work/list" -P "$(nproc)" -n 8 "$compiler" -std=c++20 -I. -fsyntax-only -Wno-unused-command-line-argument \
    >"$work/out" 2>&1; then
  cat "$work/out"
  failed=1
fi
while read -r file _; do
  case $file in '' | '#'*) continue ;; esac
  if [ ! -f "$file" ]; then
    echo "browser_exempt.txt: $file does not exist"
    failed=1
  elif "$compiler" -std=c++20 -I. -fsyntax-only "$file" >/dev/null 2>&1; then
    echo "browser_exempt.txt: $file needs no exemption"
    failed=1
  fi
done <"$here/browser_exempt.txt"
[ "$checked" -gt 0 ] || { echo "no files to check"; exit 1; }
echo "$checked files checked"
exit "$failed"
