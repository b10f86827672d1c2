import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pnpmRelease } from '../toolchain/install.mjs';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  readonly author: string;
  readonly homepage: string;
  /** The licence as the package carries it; undefined where it carries none. */
  readonly text: string | undefined;
}

interface PnpmLicence {
  name: string;
  versions: string[];
  paths: string[];
  license: string;
  author?: string;
  homepage?: string;
}

/** Where a package names its licence in its Readme alone. */
const namedInReadme: Readonly<Record<string, string>> = { 'combine-errors@3.0.3': 'MIT' };

const licenceFile = /^(licen[cs]e|copying|notice|third-?party.*)(\.(md|txt))?$/i;

function licenceText(folder: string): string | undefined {
  const files = readdirSync(folder).filter((name) => licenceFile.test(name));
  const texts = files.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
  return texts.length === 0 ? undefined : texts.join('\n\n').replaceAll('\r\n', '\n').trim();
}

/** Every package that the app or the server needs to run, from the lockfile's point of view. */
export async function shippedPackages(root: string): Promise<ShippedPackage[]> {
  const list = ['--recursive', 'licenses', 'list', '--json', '--prod'];
  const { stdout } = await promisify(execFile)('npx', ['--yes', pnpmRelease, ...list], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  const byLicence = JSON.parse(stdout) as Record<string, PnpmLicence[]>;
  return Object.values(byLicence)
    .flat()
    .flatMap(({ name, versions, paths, license, author = '', homepage = '' }) =>
      versions.map((version, index) => ({
        name,
        version,
        licence: namedInReadme[`${name}@${version}`] ?? license,
        author,
        homepage,
        text: licenceText(paths[index] ?? ''),
      })),
    )
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}
