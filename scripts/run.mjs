// `node scripts/run.mjs FILE args…`: installs and builds if needed, then runs FILE under the project's
// Node. Only FILE writes to stdout, so its output can be piped as JSON.
import { join } from 'node:path';
import { ensureInstalled, repositoryRoot } from './toolchain/install.mjs';
import { runUnderProjectNode } from './toolchain/launch.mjs';

ensureInstalled();
const built = await runUnderProjectNode(
  [join(repositoryRoot, 'scripts/build.ts')],
  ['ignore', 2, 2],
);
process.exitCode = built || (await runUnderProjectNode(process.argv.slice(2)));
