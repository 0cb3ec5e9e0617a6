/** Injection tokens of what the platform gives to every role. */
export const SETTINGS_TOKEN = Symbol('Settings');
/** A `Journal`. */
export const JOURNAL = Symbol('Journal');
/** A `Registry` of libs/registry. */
export const REGISTRY = Symbol('Registry');
/** A `SeriesStore`, prepared lazily: it may be away. */
export const SERIES = Symbol('SeriesStore');
/** A `Clock`. */
export const CLOCK = Symbol('Clock');
/** The process's prom-client `Registry`. */
export const METRICS = Symbol('Metrics');
/** The station's certificate, a `Tls`, or null without encryption. */
export const TLS = Symbol('Tls');
