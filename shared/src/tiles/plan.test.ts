import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClearReelError } from '../errors/clear-reel-error.ts';
import { planTiles } from './plan.ts';

const request = fc.record({
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 1, max: 300 }),
  halo: fc.integer({ min: 0, max: 32 }),
  multipleOf: fc.constantFrom(1, 1, 2, 8, 64),
  maxInputPixels: fc.integer({ min: 1, max: 100_000 }),
});

const possible = request.map((of) => {
  try {
    return { of, plan: planTiles(of) };
  } catch (error) {
    if (error instanceof ClearReelError) return { of, plan: null };
    throw error;
  }
});

const forAllPlans = (
  check: (of: Parameters<typeof planTiles>[0], plan: ReturnType<typeof planTiles>) => void,
) =>
  fc.assert(
    fc.property(possible, ({ of, plan }) => {
      if (plan !== null) check(of, plan);
    }),
    { numRuns: 500 },
  );

describe('tile plan', () => {
  it('13.1 the cores cover every pixel exactly once', () => {
    forAllPlans((of, plan) => {
      const times = new Uint8Array(of.width * of.height);
      for (const { core } of plan.tiles) {
        for (let y = core.y; y < core.y + core.height; y++) {
          for (let x = core.x; x < core.x + core.width; x++) {
            times[y * of.width + x] = (times[y * of.width + x] as number) + 1;
          }
        }
      }
      expect(times.every((count) => count === 1)).toBe(true);
    });
  });

  it('13.2 every input holds its core and the halo, as far as the picture reaches', () => {
    forAllPlans((of, plan) => {
      const lacking = plan.tiles.filter(
        ({ core, input }) =>
          input.x > Math.max(0, core.x - of.halo) ||
          input.y > Math.max(0, core.y - of.halo) ||
          input.x + input.width < Math.min(of.width, core.x + core.width + of.halo) ||
          input.y + input.height < Math.min(of.height, core.y + core.height + of.halo),
      );
      expect(lacking).toEqual([]);
    });
  });

  it('13.3 all inputs have one shape inside the picture, within the limit and in whole multiples', () => {
    forAllPlans((of, plan) => {
      const wrong = plan.tiles.filter(
        ({ input }) =>
          input.width !== plan.inputWidth ||
          input.height !== plan.inputHeight ||
          input.x < 0 ||
          input.y < 0 ||
          input.x + input.width > of.width ||
          input.y + input.height > of.height,
      );
      expect(wrong).toEqual([]);
      expect(plan.inputWidth * plan.inputHeight).toBeLessThanOrEqual(of.maxInputPixels);
      expect(plan.inputWidth % of.multipleOf).toBe(0);
      expect(plan.inputHeight % of.multipleOf).toBe(0);
    });
  });

  it('13.4 a picture within the limit is one tile', () => {
    const plan = planTiles({
      width: 97,
      height: 41,
      halo: 8,
      multipleOf: 1,
      maxInputPixels: 97 * 41,
    });
    expect(plan.tiles).toEqual([
      {
        input: { x: 0, y: 0, width: 97, height: 41 },
        core: { x: 0, y: 0, width: 97, height: 41 },
      },
    ]);
  });

  it('13.5 the halo costs little: a 4K picture in tiles of 512×512 pixels computes under 25 % more', () => {
    const of = { width: 3840, height: 2160, halo: 16, multipleOf: 1, maxInputPixels: 512 * 512 };
    const plan = planTiles(of);
    const computed = plan.tiles.length * plan.inputWidth * plan.inputHeight;
    expect(computed / (of.width * of.height)).toBeLessThan(1.25);
  });

  it('13.6 a limit too small for the halo and a picture smaller than the multiple are refused', () => {
    const base = { width: 100, height: 100, halo: 8, multipleOf: 1, maxInputPixels: 1_000_000 };
    expect(() => planTiles({ ...base, maxInputPixels: 100 })).toThrow(ClearReelError);
    expect(() => planTiles({ ...base, multipleOf: 128 })).toThrow(ClearReelError);
  });

  it('13.7 whenever a grid exists by brute force, one is found', () => {
    const small = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
      halo: fc.integer({ min: 0, max: 6 }),
      multipleOf: fc.constantFrom(1, 2, 4),
      maxInputPixels: fc.integer({ min: 1, max: 1600 }),
    });
    const lengths = (length: number, halo: number, multipleOf: number) =>
      Array.from({ length }, (_, index) => {
        const core = Math.ceil(length / (index + 1));
        const needed = index === 0 ? length : Math.min(length, core + 2 * halo);
        return Math.ceil(needed / multipleOf) * multipleOf;
      }).filter((input) => input <= length);
    fc.assert(
      fc.property(small, (of) => {
        const widths = lengths(of.width, of.halo, of.multipleOf);
        const heights = lengths(of.height, of.halo, of.multipleOf);
        const smallest = Math.min(...widths) * Math.min(...heights);
        if (smallest <= of.maxInputPixels) expect(() => planTiles(of)).not.toThrow();
        else expect(() => planTiles(of)).toThrow(ClearReelError);
      }),
    );
  });
});
