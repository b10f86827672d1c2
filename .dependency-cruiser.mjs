// What may import what. `npm run check` runs it; docs/decisions/0003-one-way-dependencies.md says why.

const tests = String.raw`\.(test|test-kit|testing|suite|samples)\.ts$`;
const product = '^(web|server|shared|models)/';

/** What the engine may be built from: code that runs the same in a browser and in Node. */
const engineLibraries = ['mediabunny', 'zod', 'crc-32', '@zip\\.js/zip\\.js', 'image-dimensions'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module; a type-only cycle counts.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere is a mistake, or a dependency that is not declared.',
      severity: 'error',
      from: {},
      // Vite resolves its own query suffixes, and the build fails where one leads nowhere.
      to: { couldNotResolve: true, pathNot: String.raw`\?(url|raw|worker)$` },
    },
    {
      name: 'engine-is-host-free',
      comment:
        'The engine runs in a browser and in Node: it may import itself and the libraries named here, no host API.',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: {
        pathNot: ['^shared/', `(^|node_modules/)(${engineLibraries.join('|')})(/|$)`],
      },
    },
    {
      name: 'shared-is-the-bottom',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(web|server|models|e2e|scripts)/' },
    },
    {
      name: 'web-is-not-server',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^server/|(^|node_modules/)(express|helmet|close-with-grace)(/|$)' },
    },
    {
      name: 'web-has-no-node',
      comment: 'The app runs in a browser.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-is-not-web',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^web/|(^|node_modules/)(react|react-dom|onnxruntime-web|@ffmpeg)(/|$)' },
    },
    {
      name: 'models-know-no-host',
      severity: 'error',
      from: { path: '^models/' },
      to: { path: '^(web|server)/' },
    },
    {
      name: 'product-needs-no-tooling',
      comment: 'What is shipped must not import tests, benchmarks or scripts.',
      severity: 'error',
      from: { path: product, pathNot: tests },
      to: { path: ['^(e2e|scripts)/', tests] },
    },
    {
      name: 'product-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^(web|server|shared)/src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    // Before compilation, so that imports of types count too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test-results)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'browser', 'node', 'default'],
    },
  },
};
