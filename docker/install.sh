#!/bin/sh
# Packages of the image. onnxruntime-node would fetch GPU files that Vigil does not use; its CPU library is in the package.
set -eu
ONNXRUNTIME_NODE_INSTALL=skip npm ci --no-audit --no-fund --loglevel=error
