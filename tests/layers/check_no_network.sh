#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_no_network.sh <amparo> <repository>
# Nothing is ever fetched. The program itself has no way to open a socket (it imports none of the
# functions), and what it runs opens none either, whatever schemas and documents ask for: seen by
# strace, where that is installed and allowed.
set -u
amparo=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

if ! command -v nm >/dev/null 2>&1; then
  echo "skipped: nm is not installed (Debian: binutils)"
  exit 77
fi
imports=$(nm -D --undefined-only "$amparo")
echo "$imports" | grep -q 'Xerces\|xercesc\|memcpy' || { echo "nm shows no imports at all"; exit 1; }
if echo "$imports" | grep -wE 'socket|connect|sendto|getaddrinfo|gethostbyname|res_query'; then
  echo "the program imports functions of the network"
  failed=1
fi

# Documents and a schema that ask for something from elsewhere in every way XML has.
url=http://127.0.0.1:9/x
cat >"$work/location.xml" <<END
<Record xmlns="https://w3id.org/amparo/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="https://w3id.org/amparo/1 $url.xsd urn:other $url.xsd"
  xsi:noNamespaceSchemaLocation="$url.xsd"><other xmlns="urn:other"/></Record>
END
printf '<!DOCTYPE a SYSTEM "%s"><a/>' "$url" >"$work/doctype.xml"
printf '<!DOCTYPE a [<!ENTITY e SYSTEM "%s">]><a>&e;</a>' "$url" >"$work/entity.xml"
printf '<?xml-stylesheet href="%s"?><a/>' "$url" >"$work/stylesheet.xml"
printf '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="%s"/></a>' "$url" \
  >"$work/xinclude.xml"
cat >"$work/s.xsd" <<END
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="urn:other" schemaLocation="$url.xsd"/><xs:include schemaLocation="$url.xsd"/>
</xs:schema>
END

run() {
  "$@" >"$work/out" 2>&1
  status=$?
  [ "$status" -eq "$expected" ] && return 0
  echo "exit $status instead of $expected: $*"
  cat "$work/out"
  failed=1
}
export AMPARO_BUNDLE="$root/schema"
tracer=()
if command -v strace >/dev/null 2>&1 && strace -f -o /dev/null true 2>/dev/null; then
  tracer=(strace -f -e trace=%network -o "$work/trace")
  # strace itself must be able to see a socket, or seeing none means nothing.
  strace -f -e trace=%network -o "$work/proof" \
    bash -c ': </dev/tcp/127.0.0.1/9' 2>/dev/null
  grep -q 'socket(' "$work/proof" || { echo "strace shows no socket of bash"; exit 1; }
else
  echo "strace is not installed or not allowed: only the imports were checked"
fi
for document in location doctype entity stylesheet xinclude; do
  expected=1 run "${tracer[@]}" "$amparo" validate "$work/$document.xml"
  if grep -qs 'socket(\|connect(' "$work/trace"; then
    echo "$document.xml made the program open a socket:"
    grep 'socket(\|connect(' "$work/trace"
    failed=1
  fi
done
expected=3 run "${tracer[@]}" "$amparo" validate --schema "$work/s.xsd" --no-rules \
  "$work/xinclude.xml"
if grep -qs 'socket(\|connect(' "$work/trace"; then
  echo "a schema made the program open a socket"
  failed=1
fi
grep -q "$url" "$work/out" || { echo "the error does not name what was not fetched"; failed=1; }
exit "$failed"
