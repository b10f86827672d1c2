import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import standardTexts from 'spdx-license-list/full.js';
import { type ShippedPackage, shippedPackages } from './packages.ts';

export const noticesFile = 'THIRD-PARTY-NOTICES.md';

const copyleft = /(^|[\s(])A?GPL-/;

/** Code that a package's own licence field does not tell of. */
const inside: Record<string, { what: string; licence: string; spdx: string }> = {
  '@ffmpeg/core': {
    what: 'FFmpeg with x264, x265 and other codec libraries, compiled to WebAssembly',
    licence: 'GPL-2.0-or-later as a whole',
    spdx: 'GPL-2.0-or-later',
  },
  '@mediabunny/aac-encoder': {
    what: "FFmpeg's AAC encoder, compiled to WebAssembly without GPL parts",
    licence: 'LGPL-2.1-or-later',
    spdx: 'LGPL-2.1-or-later',
  },
};

interface ModelLicence {
  id: string;
  licence: string;
  licenceFile: string;
  source: { package: string; version: string };
}

function gplPart(packages: ShippedPackage[]): string {
  const lines = packages
    .filter(({ licence }) => copyleft.test(licence))
    .map(({ name, version, licence, homepage }) => {
      const what = inside[name]?.what ?? 'see its page';
      return `- \`${name}\` ${version}: ${what}. Licence: **${licence}**. Source code: <${homepage.replace(/#.*$/, '')}>`;
    });
  return `## Parts under the GPL

ClearReel's own code is MIT. It loads these parts as separate files at run time; whoever passes them on does so under the GPL, with its duty to offer the source code.

${lines.join('\n')}`;
}

function insidePart(packages: ShippedPackage[]): string {
  const lines = packages
    .filter(({ name }) => name in inside)
    .map(({ name }) => `- \`${name}\`: ${inside[name]?.what} (${inside[name]?.licence})`);
  return `## Code inside packages\n\n${lines.join('\n')}`;
}

function modelPart(models: ModelLicence[]): string {
  const rows = models.map(
    ({ id, licence, licenceFile, source }) =>
      `| ${id} | [${licence}](models/${licenceFile}) | ${source.package} ${source.version} |`,
  );
  return `## Models\n\n| model | licence | from the package |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

function packagePart(packages: ShippedPackage[]): string {
  const rows = packages.map(
    ({ name, version, licence, author, homepage }) =>
      `| \`${name}\` | ${version} | ${licence} | ${author.replaceAll('|', '')} | ${homepage && `<${homepage}>`} |`,
  );
  return `## Packages\n\n| package | version | licence | author | page |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
}

const fenced = (title: string, text: string) => `### ${title}\n\n\`\`\`\`text\n${text}\n\`\`\`\``;

function textPart(packages: ShippedPackage[]): string {
  const namesByText = new Map<string, string[]>();
  for (const { name, text } of packages) {
    if (text) namesByText.set(text, [...(namesByText.get(text) ?? []), name]);
  }
  const own = [...namesByText].map(([text, names]) => fenced(names.join(', '), text));
  const named = packages.filter(({ text }) => !text).map(({ licence }) => licence);
  const contained = Object.values(inside).map(({ spdx }) => spdx);
  const standard = [...new Set([...named, ...contained])].sort().map((spdx) => {
    const text = standardTexts[spdx]?.licenseText;
    if (!text) throw new Error(`licence_unknown: no standard text for '${spdx}'`);
    return fenced(`${spdx} (standard text)`, text.trim());
  });
  return `## Licence texts\n\n${[...own, ...standard].join('\n\n')}`;
}

/** The notices as they must stand in the repository for what the lockfile and the manifest say now. */
export async function noticesDocument(root: string): Promise<string> {
  const packages = await shippedPackages(root);
  const manifest = JSON.parse(await readFile(join(root, 'models/manifest.json'), 'utf8'));
  const parts = [
    '# Third-party notices',
    'Written by `npm run notices`; do not edit. ClearReel itself is under the [MIT licence](LICENSE). What it needs to run:',
    gplPart(packages),
    insidePart(packages),
    modelPart(manifest.models as ModelLicence[]),
    packagePart(packages),
    textPart(packages),
  ];
  return `${parts.join('\n\n')}\n`;
}
