// `node scripts/bootstrap.mjs FILE args…`: installs if needed, then runs FILE under the project's Node.
import { ensureInstalled } from './toolchain/install.mjs';
import { runUnderProjectNode } from './toolchain/launch.mjs';

ensureInstalled();
process.exitCode = await runUnderProjectNode(process.argv.slice(2));
