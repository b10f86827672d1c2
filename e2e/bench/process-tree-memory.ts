import { readdir, readFile } from 'node:fs/promises';

const sampleEveryMs = 200;

/**
 * Memory of all processes that descend from one, that one left out. Proportional set sizes (`Pss` in Linux'
 * `smaps_rollup`) are summed, because resident sizes would count what the processes share once for each.
 */
export class ProcessTreeMemory {
  readonly #rootPid: number;
  #peakBytes = 0;
  #sampling: Promise<void> | null = null;
  #isStopped = false;

  constructor(rootPid: number) {
    this.#rootPid = rootPid;
  }

  async bytesNow(): Promise<number> {
    const sizes = await Promise.all((await descendants(this.#rootPid)).map(proportionalBytes));
    return sizes.reduce((sum, bytes) => sum + bytes, 0);
  }

  start(): void {
    this.#isStopped = false;
    this.#peakBytes = 0;
    this.#sampling = this.#sample();
  }

  /** Highest sum seen since `start`. */
  async stop(): Promise<number> {
    this.#isStopped = true;
    await this.#sampling;
    return this.#peakBytes;
  }

  async #sample(): Promise<void> {
    while (!this.#isStopped) {
      this.#peakBytes = Math.max(this.#peakBytes, await this.bytesNow());
      await new Promise((resolve) => setTimeout(resolve, sampleEveryMs));
    }
  }
}

async function descendants(rootPid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(
    await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)),
  );
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 0 && (parents.get(pid) === rootPid || isBelow(parents.get(pid)));
  return pids.filter(isBelow);
}

/** `undefined` for a process that has ended meanwhile. */
async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold spaces: state and parent come behind its end.
  const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  return parent === undefined ? undefined : Number(parent);
}

async function proportionalBytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
