/** Who may import whom. docs/architecture.md explains the layers; this file enforces them. */
const libs = {
  // the core: computes, and knows no framework, no I/O, no clock
  signal: { libs: [], npm: ['fft.js'] },
  stream: { libs: [], npm: [] },
  contracts: { libs: [], npm: ['zod', '@bufbuild/protobuf'] },
  vitals: { libs: ['signal', 'stream', 'contracts'], npm: [] },
  alarms: { libs: ['contracts'], npm: [] },
  // the edge: one outside system each, never each other
  inference: { libs: [], npm: ['onnxruntime-node', 'zod'], edge: true },
  journal: { libs: ['contracts'], npm: [], edge: true },
  series: { libs: ['contracts'], npm: ['influx'], edge: true },
  registry: { libs: ['contracts'], npm: ['kysely', 'zod'], edge: true },
  publisher: { libs: ['contracts'], npm: ['mqtt', 'idb'], edge: true },
};

const any = (names) => names.join('|') || '(?!)';
/** Specs and contract suites may use what tests need. */
const source = { pathNot: '(\\.spec\\.ts$|/testing/)' };

const perLib = Object.entries(libs).flatMap(([name, { libs: allowed, npm, edge }]) => [
  {
    name: `${name}-libs`,
    severity: 'error',
    from: { path: `^libs/${name}/`, ...source },
    to: { path: '^libs/', pathNot: `^libs/(${any([name, ...allowed])})/` },
  },
  {
    name: `${name}-packages`,
    severity: 'error',
    from: { path: `^libs/${name}/`, ...source },
    to: {
      dependencyTypes: edge ? ['npm', 'npm-dev'] : ['npm', 'npm-dev', 'core'],
      pathNot: `node_modules/(${any([...npm, ...(edge ? ['@nestjs/'] : [])])})`,
    },
  },
]);

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'libs-not-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|simulators)/' },
    },
    {
      name: 'through-the-front-door',
      comment: 'Import another project through its index.ts.',
      severity: 'error',
      from: { path: '^(apps|libs|simulators)/([^/]+)/' },
      to: {
        path: '^(apps|libs|simulators)/([^/]+)/',
        pathNot: ['^$1/$2/', '^(libs|simulators)/[^/]+/src/index\\.ts$'],
      },
    },
    {
      name: 'nest-at-the-edge',
      comment: 'In a lib, only *.module.ts speaks Nest.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.(module|spec)\\.ts$' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'simulators-stay-independent',
      comment: 'A simulator that shares the estimators cannot test them.',
      severity: 'error',
      from: { path: '^simulators/' },
      to: { path: '^libs/', pathNot: '^libs/(contracts|publisher)/' },
    },
    {
      name: 'dashboard-sees-contracts',
      severity: 'error',
      from: { path: '^apps/dashboard/' },
      to: { path: '^libs/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'phone-sees-contracts-and-publisher',
      severity: 'error',
      from: { path: '^apps/phone/' },
      to: { path: '^libs/', pathNot: '^libs/(contracts|publisher)/' },
    },
    ...perLib,
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
