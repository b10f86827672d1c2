#!/usr/bin/env node
// `npx clearreel …`: installs if needed, and runs the command line under the project's Node. `serve` builds the app too.
import { join } from 'node:path';
import { ensureInstalled, repositoryRoot } from './toolchain/install.mjs';
import { runUnderProjectNode } from './toolchain/launch.mjs';

const args = process.argv.slice(2);
ensureInstalled();
const built =
  args[0] === 'serve'
    ? await runUnderProjectNode([join(repositoryRoot, 'scripts/build.ts')], ['ignore', 2, 2])
    : 0;
process.exitCode =
  built || (await runUnderProjectNode([join(repositoryRoot, 'server/src/cli/main.ts'), ...args]));
