import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../toolchain/install.mjs';
import { checks } from './all.ts';
import { sampleTree } from './sample-tree.ts';

async function problemsOf(name: string, files?: Record<string, string>): Promise<string> {
  const check = checks.find((candidate) => candidate.name === name);
  if (!check) throw new Error(`there is no check named '${name}'`);
  using tree = sampleTree(files);
  return await check.run(tree.root);
}

const importing = (specifier: string) =>
  `import * as host from '${specifier}';\n\nexport { host };\n`;

const hostPackages = [
  '@ffmpeg/ffmpeg',
  'comlink',
  'express',
  'idb',
  'node:fs',
  'onnxruntime-node',
  'onnxruntime-web',
  'react',
];

describe('1.3 npm run check', () => {
  test.each([
    'types',
    'lint and format',
    'import cycles and direction',
    'dead code',
    'module size',
  ])('1.3.1 %s passes on a clean tree', async (name) => {
    expect(await problemsOf(name)).toBe('');
  });

  test('1.3.2 types fails on a type error in any workspace', async () => {
    const wrong = "export const frameCount: number = 'many';\n";
    const files = [
      'web/src/a.ts',
      'server/src/b.ts',
      'shared/src/c.ts',
      'e2e/d.ts',
      'scripts/e.ts',
    ];
    const problems = await problemsOf(
      'types',
      Object.fromEntries(files.map((path) => [path, wrong])),
    );
    for (const path of files) expect(problems).toContain(`${path}(1,14): error TS2322`);
  });

  test('1.3.3 lint fails on a rule broken and on a format', async () => {
    const problems = await problemsOf('lint and format', {
      'server/src/any.ts': 'export const anything: any = 1;\n',
      'server/src/format.ts': 'export const quoted = "double"\n',
    });
    expect(problems).toMatch(/any\.ts:1:\d+ lint\/suspicious\/noExplicitAny/);
    expect(problems).toMatch(/format\.ts format/);
  });

  test('1.3.4 import cycles and imports in the wrong direction fail', async () => {
    const problems = await problemsOf('import cycles and direction', {
      'web/src/chicken.ts':
        "import type { Egg } from './egg.ts';\n\nexport type Chicken = Egg[];\n",
      'web/src/egg.ts':
        "import type { Chicken } from './chicken.ts';\n\nexport type Egg = Chicken[];\n",
      'web/src/to-server.ts': importing('../../server/src/main.ts'),
      'web/src/to-node.ts': importing('node:path'),
      'server/src/to-web.ts': importing('../../web/src/main.tsx'),
      'shared/src/to-web.ts': importing('../../web/src/main.tsx'),
      'models/to-server.ts': importing('../server/src/main.ts'),
      'server/src/to-e2e.ts': importing('../../e2e/drive.ts'),
      'server/src/to-test.ts': importing('../../shared/src/halo.test.ts'),
      'server/src/to-nowhere.ts': importing('./nowhere.ts'),
    });
    const broken = [
      /error no-cycles: web\/src\/(chicken|egg)\.ts/,
      /error web-is-not-server: web\/src\/to-server\.ts → server\/src\/main\.ts/,
      /error web-has-no-node: web\/src\/to-node\.ts → (node:)?path/,
      /error server-is-not-web: server\/src\/to-web\.ts → web\/src\/main\.tsx/,
      /error shared-is-the-bottom: shared\/src\/to-web\.ts → web\/src\/main\.tsx/,
      /error models-know-no-host: models\/to-server\.ts → server\/src\/main\.ts/,
      /error product-needs-no-tooling: server\/src\/to-e2e\.ts → e2e\/drive\.ts/,
      /error product-needs-no-tooling: server\/src\/to-test\.ts → shared\/src\/halo\.test\.ts/,
      /error resolvable: server\/src\/to-nowhere\.ts → \.\/nowhere\.ts/,
    ];
    for (const line of broken) expect(problems).toMatch(line);
  });

  test('1.3.5 dead code fails on a file, an export or a dependency that nothing uses', async () => {
    const problems = await problemsOf('dead code', {
      'server/src/forgotten.ts': 'export const forgotten = 1;\n',
      'shared/src/halo.ts': 'export const haloPixels = 16;\nexport const leftOver = 17;\n',
      'web/package.json': JSON.stringify({
        name: '@clearreel/web',
        private: true,
        type: 'module',
        dependencies: { '@clearreel/shared': 'workspace:*', idb: '8.0.4' },
      }),
    });
    expect(problems).toMatch(/Unused files[\s\S]*server\/src\/forgotten\.ts/);
    expect(problems).toMatch(/Unused exports[\s\S]*leftOver .*shared\/src\/halo\.ts/);
    expect(problems).toMatch(/Unused dependencies[\s\S]*idb .*web\/package\.json/);
  });

  test('1.3.6 module size fails past 500 lines, not at 500', async () => {
    const problems = await problemsOf('module size', {
      'web/src/long.ts': 'void 0;\n'.repeat(501),
      'web/src/full.ts': 'void 0;\n'.repeat(500),
    });
    expect(problems).toBe('web/src/long.ts has 501 lines; a module has at most 500');
  });

  test('1.3.7 third-party notices name the GPL parts, and fail when they are stale', async () => {
    const notices = checks.find(({ name }) => name === 'third-party notices');
    const written = readFileSync(join(repositoryRoot, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    expect(written).toMatch(/## Parts under the GPL[\s\S]*`@ffmpeg\/core`[\s\S]*## Packages/);
    expect(written).toContain('GNU GENERAL PUBLIC LICENSE');

    const copied = [
      'package.json',
      ...['web', 'server', 'shared', 'models', 'e2e'].map((name) => `${name}/package.json`),
      'pnpm-lock.yaml',
      'models/manifest.json',
    ];
    using tree = sampleTree(
      Object.fromEntries(
        copied.map((path) => [path, readFileSync(join(repositoryRoot, path), 'utf8')]),
      ),
    );
    writeFileSync(join(tree.root, 'THIRD-PARTY-NOTICES.md'), written);
    expect(await notices?.run(tree.root)).toBe('');
    writeFileSync(
      join(tree.root, 'THIRD-PARTY-NOTICES.md'),
      written.replace('express', 'expresso'),
    );
    expect(await notices?.run(tree.root)).toContain('npm run notices');
  });
});

describe('3.1 the engine knows no host', () => {
  test('3.1.1 a browser or Node global in shared fails the types', async () => {
    const globals = [
      'document',
      'fetch',
      'localStorage',
      'navigator',
      'process',
      'Buffer',
      'window',
    ];
    const problems = await problemsOf('types', {
      'shared/src/globals-used.ts': `import { Input } from 'mediabunny';\n\nexport const host = [Input, ${globals.join(', ')}];\n`,
    });
    for (const name of globals) expect(problems).toContain(`Cannot find name '${name}'`);
  });

  test('3.1.2 a WebCodecs global in shared, which mediabunny declares there, fails lint', async () => {
    const files = { 'shared/src/codec.ts': 'export const codecs = [VideoDecoder, VideoFrame];\n' };
    expect(await problemsOf('lint and format', files)).toMatch(
      /codec\.ts:1:\d+ lint\/style\/noRestrictedGlobals/,
    );
  });

  test('3.1.3 a host package or a Node module imported in shared fails the import rules', async () => {
    const fileOf = (index: number) => `shared/src/host-${index}.ts`;
    const problems = await problemsOf(
      'import cycles and direction',
      Object.fromEntries(hostPackages.map((name, index) => [fileOf(index), importing(name)])),
    );
    hostPackages.forEach((name, index) => {
      const target = name.replace('node:', '');
      expect(problems).toMatch(
        new RegExp(`error engine-is-host-free: ${fileOf(index)} → \\S*${target}`),
      );
    });
  });
});
