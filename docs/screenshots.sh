#!/usr/bin/env bash
# Takes the pictures in docs/pictures anew: browser tests do it on their way, of real sites with a real call. Needs what test.sh installs.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -d tests/Mesh.Browser.Tests/node_modules ] || npm ci --prefix tests/Mesh.Browser.Tests --silent
dotnet build tests/Mesh.Browser.Tests -c Release -v q --nologo -clp:ErrorsOnly
mkdir -p docs/pictures
MESH_PICTURES="$PWD/docs/pictures" dotnet test tests/Mesh.Browser.Tests -c Release --no-build --nologo --filter Pictures=docs
