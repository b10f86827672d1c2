import { globSync } from 'node:fs';
import type { Check } from './check.ts';
import { runTool } from './tool.ts';

/** Every tsconfig of the workspace: `shared` is compiled without a host's globals, `web` without Node's. */
export const types: Check = {
  name: 'types',
  async run(root) {
    const projects = globSync('*/tsconfig*.json', { cwd: root }).sort();
    const problems: string[] = [];
    for (const project of projects) {
      problems.push(await runTool(root, 'typescript/bin/tsc', ['--project', project]));
    }
    return problems.filter(Boolean).join('\n');
  },
};
