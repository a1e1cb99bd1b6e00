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
for project in tests/*.Tests; do
  name=$(basename "$project")
  if [ ${#only[@]} -gt 0 ]; then
    wanted=0; for o in "${only[@]}"; do [[ "$name" == *"$o"* ]] && wanted=1; done
    [ $wanted = 1 ] || continue
  fi
  echo "== $name"
  dotnet test "$project" -c Release --no-build --nologo -v q --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 10m --results-directory "$results" || true
  if [ ! -f "$results/$name.trx" ]; then
    echo "$name: no results: the test host died"; failed=$((failed + 1)); continue
  fi
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" | head -1)
  p=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters"); t=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"$counters")
  n=$(grep -o 'outcome="NotExecuted"' "$results/$name.trx" | wc -l)
  # A skipped test is one that did not show what it is there to show.
  if [ -z "${CI:-}" ]; then f=$((t - p - n)); else f=$((t - p)); fi
  passed=$((passed + p)); failed=$((failed + f))
done
[ $((passed + failed)) -gt 0 ] || { echo "no test ran" >&2; failed=1; }
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
