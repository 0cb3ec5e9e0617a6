#!/bin/sh
# Builds dist/ and leaves only what runs.
set -eu
node scripts/build.mjs
npm prune --omit=dev --no-audit --no-fund --loglevel=error
