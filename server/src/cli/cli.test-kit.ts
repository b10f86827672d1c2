import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Ended {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

interface Line {
  readonly event: string;
  readonly [name: string]: unknown;
}

export const linesOf = (text: string | Buffer): Line[] =>
  text
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const startIn = (folder: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });

export function runIn(folder: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: folder, encoding: 'buffer', maxBuffer: 2 ** 27 } as const;
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const status = error ? Number(error.code ?? -1) : 0;
      resolve({ status, stdout, stderr: stderr.toString() });
    });
  });
}

/** Until its first part is whole, as `--json` says. */
export const stored = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (/"segmentsDone":[1-9]/.test(text)) resolve();
    });
  });
