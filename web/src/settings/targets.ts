import type { JobTarget } from '@clearreel/shared/spec/job-spec';

/** Sizes that a click chooses. */
export const targets = {
  same: { kind: 'factor', factor: 1 },
  x2: { kind: 'factor', factor: 2 },
  x3: { kind: 'factor', factor: 3 },
  x4: { kind: 'factor', factor: 4 },
  '1080p': { kind: 'box', box: '1080p' },
  '1440p': { kind: 'box', box: '1440p' },
  '2160p': { kind: 'box', box: '2160p' },
} as const satisfies Record<string, JobTarget>;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];

const isSame = (a: JobTarget, b: JobTarget) =>
  (a.kind === 'factor' && b.kind === 'factor' && a.factor === b.factor) ||
  (a.kind === 'box' && b.kind === 'box' && a.box === b.box);

/** `null` for a size of one's own. */
export const targetName = (target: JobTarget): TargetName | null =>
  targetNames.find((name) => isSame(targets[name], target)) ?? null;
