#!/bin/sh
# What can be checked of the image without a Docker engine: its steps, in clean folders, and that the result comes up.
# Usage: docker/check.sh   (needs Node 20 or later, npm, git; takes a few minutes)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
station=
trap '[ -z "$station" ] || kill "$station" 2>/dev/null; rm -rf "$work"' EXIT

echo "build stage"
mkdir "$work/build" "$work/image" "$work/data"
(cd "$root" && git archive HEAD) | tar -x -C "$work/build"
cd "$work/build"
sh docker/install.sh
sh docker/build.sh

echo "run stage"
for part in package.json node_modules dist models; do mv "$work/build/$part" "$work/image/$part"; done
rm -rf "$work/build"
cd "$work/image"
# The image has Node 24 of its own; here the package's is the same.
PATH="$work/image/node_modules/node/bin:$PATH"
VIGIL_DATA="$work/data" VIGIL_MODELS="$work/image/models" VIGIL_HTTP_PORT=18980 VIGIL_MQTT_PORT=18983 NODE_ENV=production \
  node dist/apps/station/src/main.js >"$work/log" 2>&1 &
station=$!
for _ in $(seq 60); do
  if node -e "fetch('http://127.0.0.1:18980/health/ready').then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"; then
    node -e "fetch('http://127.0.0.1:18980/').then(async a => { if (!a.ok || !(await a.text()).includes('<div')) process.exit(1) })"
    du -sh "$work/image" | sed 's/\t.*/ in the image, beside Node/'
    echo "ok: the station is ready and serves the dashboard"
    exit 0
  fi
  kill -0 "$station" 2>/dev/null || break
  sleep 1
done
echo "the station did not become ready:" >&2
cat "$work/log" >&2
exit 1
