const { TestEnvironment } = require('jest-environment-node');

/** onnxruntime checks `data instanceof Float32Array`; give tests the host realm's typed arrays. */
module.exports = class OnnxEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of [
      'ArrayBuffer',
      'Float32Array',
      'Float64Array',
      'Int32Array',
      'BigInt64Array',
      'Uint8Array',
    ]) {
      this.global[name] = globalThis[name];
    }
  }
};
