import { spawn } from 'node:child_process';

export type ToolOutput = { exitCode: number; stdout: Buffer; stderr: string };

/** Runs a program to its end; rejects only where the program is missing. */
export function runTool(program: string, args: string[], folder?: string): Promise<ToolOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => {
      reject(new Error(`${program} did not start; it must be installed to run e2e`, { cause }));
    });
    child.on('close', (exitCode) => {
      resolve({
        exitCode: exitCode ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}

/** Standard output of a program that must succeed. */
export async function toolOutput(
  program: string,
  args: string[],
  folder?: string,
): Promise<Buffer> {
  const { exitCode, stdout, stderr } = await runTool(program, args, folder);
  if (exitCode !== 0) {
    throw new Error(`${program} ${args.join(' ')}\nended with ${exitCode}: ${stderr.trim()}`);
  }
  return stdout;
}

/** ffmpeg with errors only on standard error. */
export function ffmpeg(args: string[], folder?: string): Promise<Buffer> {
  return toolOutput('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-y', ...args], folder);
}

/** ffprobe's JSON report. */
export async function ffprobe<Report>(args: string[]): Promise<Report> {
  const report = await toolOutput('ffprobe', ['-v', 'error', '-of', 'json', ...args]);
  return JSON.parse(report.toString()) as Report;
}
