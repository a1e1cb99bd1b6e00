#!/usr/bin/env bash
# Installs what the tests need (Debian packages, when it may) and runs them all. The last line is "N passed, N failed".
#   ./test.sh            everything but the long suites      ./test.sh --long    those too
#   ./test.sh NAME...    only the test projects whose names contain NAME
# With CI set, a missing referee is a failure, never a skip.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
long=0; only=()
for a in "$@"; do
  case "$a" in
    --long) long=1 ;;
    -h|--help) sed -n '2,6p' "$0"; exit 0 ;;
    -*) echo "test.sh: unknown option $a" >&2; exit 2 ;;
    *) only+=("$a") ;;
  esac
done
export MESH_TEST_LONG=$long

packages=(sip-tester tshark iaxmodem baresip gcc libc6-dev tzdata procps swaks libio-socket-ssl-perl chromium pebble espeak-ng iproute2)
# Who has a Node.js of another make keeps it.
command -v npm >/dev/null || packages+=(nodejs npm)
missing=()
for p in "${packages[@]}"; do dpkg -s "$p" >/dev/null 2>&1 || missing+=("$p"); done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      echo "could not install ${missing[*]}; the tests that need them will say so" >&2
  else
    echo "not installed, and not root: ${missing[*]}; the tests that need them will say so" >&2
  fi
fi

# axe-core judges the pages; its version and hash are in package-lock.json.
npm ci --prefix tests/Mesh.Browser.Tests --silent >&2 || echo "npm could not install axe-core; the tests that need it will say so" >&2

results=$(mktemp -d); trap 'rm -rf "$results"' EXIT
dotnet build Mesh.sln -c Release -v q --nologo -clp:ErrorsOnly || { echo "the build failed"; echo "0 passed, 1 failed"; exit 1; }

passed=0; failed=0
wanted() {
  [ ${#only[@]} -gt 0 ] || return 0
  local o; for o in "${only[@]}"; do [[ "$1" == *"$o"* ]] && return 0; done
  return 1
}
play() {
  dotnet test "tests/$1/bin/Release/net10.0/$1.dll" --nologo --logger "trx;LogFileName=$results/$1.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 10m --results-directory "$results" 2>&1
}
# The project, and what its run ended with.
count() {
  local counters p t n f
  if [ ! -f "$results/$1.trx" ]; then
    echo "$1: no results: the test host died"; failed=$((failed + 1)); return
  fi
  counters=$(grep -o '<Counters [^>]*>' "$results/$1.trx" | head -1)
  p=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters"); t=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"$counters")
  n=$(grep -o 'outcome="NotExecuted"' "$results/$1.trx" | wc -l)
  # A skipped test is one that did not show what it is there to show.
  if [ -z "${CI:-}" ]; then f=$((t - p - n)); else f=$((t - p)); fi
  if [ "$2" != 0 ] && [ "$f" = 0 ]; then echo "$1: the test host died on the way"; f=1; fi
  passed=$((passed + p)); failed=$((failed + f))
}

# Two at a time, each one's words when it has ended, in this order; then one by one those that start whole sites and need all of a small machine.
together=(Simulation Sip Dialplan Media Iax2 Io Architecture); jobs=()
end_first() {
  local first=${jobs[0]}; jobs=("${jobs[@]:1}")
  local code=0; wait "${first#* }" || code=$?
  echo "== ${first% *}"; cat "$results/${first% *}.log"; count "${first% *}" $code
}
for t in "${together[@]}"; do
  name=Mesh.$t.Tests; wanted "$name" || continue
  [ ${#jobs[@]} -lt 2 ] || end_first
  play "$name" >"$results/$name.log" & jobs+=("$name $!")
done
while [ ${#jobs[@]} -gt 0 ]; do end_first; done
for project in tests/*.Tests; do
  name=$(basename "$project"); short=${name#Mesh.}
  [[ " ${together[*]} " != *" ${short%.Tests} "* ]] && wanted "$name" || continue
  echo "== $name"; play "$name"; count "$name" $?
done
[ $((passed + failed)) -gt 0 ] || { echo "no test ran" >&2; failed=1; }
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
