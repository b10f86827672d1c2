import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../toolchain/install.mjs';
import type { Check } from './check.ts';

/**
 * Runs a tool of the workspace under this Node.
 *
 * @returns everything it printed when it failed, else an empty text
 */
export function runTool(root: string, script: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const tool = join(repositoryRoot, 'node_modules', script);
    const child = spawn(process.execPath, [tool, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (status) => {
      resolve(status === 0 ? '' : output.trim() || `${script} ended with status ${status}`);
    });
  });
}

export function toolCheck(name: string, script: string, args: string[]): Check {
  return { name, run: (root) => runTool(root, script, args) };
}
