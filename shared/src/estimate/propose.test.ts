import { describe, expect, it } from 'vitest';
import { parseJobSpec } from '../spec/job-spec.ts';
import { proposeSpec } from '../spec/propose.ts';
import type { ProposeOptions } from './pick-model.ts';
import { propose } from './propose.ts';
import { allModels, measured, sourceFacts } from './samples.test-kit.ts';

const generous: ProposeOptions['limits'] = {
  freeBytes: 100e9,
  memoryBytes: 16e9,
  seconds: 3600,
  encodes: () => true,
};

interface Case extends Partial<Omit<ProposeOptions, 'limits'>> {
  readonly limits?: Partial<ProposeOptions['limits']>;
}

const proposed = ({ limits, ...options }: Case = {}) =>
  propose({
    facts: sourceFacts(),
    figures: measured(),
    models: allModels,
    tileBudgetPixels: () => 1920 * 1088,
    limits: { ...generous, ...limits },
    ...options,
  });

const modelOf = (options: Case) => proposed(options).spec.enhance.model;

describe('app 7. the proposal', () => {
  it('app 7.40 is what the app does by itself where nothing stands in the way', () => {
    const { spec, fits, model, size, place } = proposed();
    expect(spec).toEqual(proposeSpec(sourceFacts()));
    expect(fits).toBe(true);
    expect(model.why?.code).toBe('MODEL_FOR_COMPRESSED');
    expect(size.why?.code).toBe('SIZE_DOUBLED');
    expect(place).toMatchObject({ value: 'device', why: { code: 'PLACE_DEVICE' } });
  });

  it('app 7.41 is a spec like any other', () => {
    for (const limits of [{}, { seconds: 1 }, { memoryBytes: 1 }]) {
      const { spec } = proposed({ limits });
      expect(parseJobSpec(spec)).toEqual(spec);
    }
  });

  it('app 7.42 is a lighter model where the better one takes too long, with both times', () => {
    const { spec, model, fits } = proposed({ limits: { seconds: 100 } });
    expect(spec.enhance.model).toBe('anime4k-vl-x2');
    expect(fits).toBe(true);
    expect(model.why).toMatchObject({
      code: 'MODEL_IN_TIME',
      detail: { better: 'reel-x2', betterMinutes: 4, limitMinutes: 2 },
    });
  });

  it('app 7.43 follows what the user says that it is', () => {
    expect(modelOf({ kind: 'drawn', limits: { seconds: 1e5 } })).toBe('animevideov3-x2');
    expect(modelOf({ kind: 'clean', limits: { seconds: 1e5 } })).toBe('span-x2');
    expect(modelOf({ kind: 'drawn', limits: { seconds: 600 } })).toBe('anime4k-vl-x2');
  });

  it('app 7.44 takes a file for clean by its codec or its many bits', () => {
    const patient = { limits: { seconds: 1e5 } };
    expect(modelOf({ facts: sourceFacts({ codec: 'prores' }), ...patient })).toBe('span-x2');
    expect(modelOf({ facts: sourceFacts({ bytes: 20e6 }), ...patient })).toBe('span-x2');
    expect(modelOf({ facts: sourceFacts({ bytes: 2e6 }), ...patient })).toBe('reel-x2');
  });

  it('app 7.45 is no larger than 8K', () => {
    const { spec, size } = proposed({
      facts: sourceFacts({ width: 5120, height: 2880, seconds: 1 }),
    });
    expect(spec.enhance.target).toEqual({ kind: 'factor', factor: 1 });
    expect(size.why).toMatchObject({
      code: 'SIZE_LIMITED',
      detail: { obstacle: { code: 'LARGER_THAN_8K', detail: { width: 10240 } } },
    });
  });

  it('app 7.46 is no larger than an encoder takes, and says which size it refused', () => {
    const facts = sourceFacts({ width: 2560, height: 1440, seconds: 1 });
    const encodes: ProposeOptions['limits']['encodes'] = (_, { width }) => width <= 4096;
    const { spec, size, fits } = proposed({ facts, limits: { encodes } });
    expect(spec.enhance.target).toEqual({ kind: 'box', box: '2160p' });
    expect(size).toMatchObject({ value: '3840×2160' });
    expect(size.reason).toContain('encodes avc at 5120×2880');
    expect(fits).toBe(true);
  });

  const tooMuch = [
    ['memory', { memoryBytes: 1e6 }, 'MEMORY_SHORT'],
    ['storage', { freeBytes: 1000 }, 'STORAGE_SHORT'],
    ['an encoder', { encodes: () => false }, 'NOT_ENCODED'],
    ['time', { seconds: 1 }, 'TAKES_MINUTES'],
  ] as const;
  for (const [what, limits, code] of tooMuch) {
    it(`app 7.47 says that it is too much for this device where ${what} is missing`, () => {
      const { fits, place } = proposed({ limits });
      expect(fits).toBe(false);
      expect(place.why).toMatchObject({ code: 'PLACE_TOO_LARGE', detail: { obstacle: { code } } });
    });
  }
});
