import { defaultModel } from '@clearreel/shared/spec/default-model';
import type { JobTarget } from '@clearreel/shared/spec/job-spec';

/** What people call their videos, and the models that suit each. */
export const kinds = ['everyday', 'clean', 'drawn', 'fast', 'resize'] as const;
export type Kind = (typeof kinds)[number];

/** Models of a kind by the scale that they are made for. */
const modelsByKind: Readonly<Record<Kind, Readonly<Record<number, string>>>> = {
  everyday: { 2: defaultModel },
  clean: { 2: 'span-x2', 4: 'span-x4' },
  drawn: { 2: 'animevideov3-x2', 3: 'animevideov3-x3', 4: 'animevideov3-x4' },
  fast: { 2: 'anime4k-vl-x2' },
  resize: { 2: 'none' },
};

/** Enlargement that a target asks for, as far as it is known without the source. */
const factorOf = (target: JobTarget): number => (target.kind === 'factor' ? target.factor : 2);

/** The model of a kind whose own scale is nearest to what is asked, so that least is left to resampling. */
export function modelFor(kind: Kind, target: JobTarget): string {
  const wanted = factorOf(target);
  const models = Object.entries(modelsByKind[kind]);
  const [, model = defaultModel] =
    models.toSorted(([a], [b]) => Math.abs(Number(a) - wanted) - Math.abs(Number(b) - wanted))[0] ??
    [];
  return model;
}

/** The kind that a model belongs to; `null` for one that is only among the exact settings. */
export const kindOf = (model: string): Kind | null =>
  kinds.find((kind) => Object.values(modelsByKind[kind]).includes(model)) ?? null;
