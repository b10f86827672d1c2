import { describe, expect, it } from 'vitest';
import type { ProposeOptions } from './pick-model.ts';
import { proposePlace, type ServerOffer } from './propose-place.ts';
import { allModels, measured, sourceFacts } from './samples.test-kit.ts';

const facts = sourceFacts();

const roomy: ProposeOptions['limits'] = {
  freeBytes: 100e9,
  memoryBytes: 16e9,
  seconds: 3600,
  encodes: () => true,
};

const optionsWith = (
  limits: Partial<ProposeOptions['limits']>,
  secondsPerMegapixel: number,
): ProposeOptions => ({
  ...{ facts, models: allModels, tileBudgetPixels: () => 1920 * 1088 },
  figures: measured({ models: { 'reel-x2': { secondsPerMegapixel, loadSeconds: 0.5 } } }),
  limits: { ...roomy, ...limits },
});

const slow = optionsWith({ seconds: 60 }, 1000);
const quick = optionsWith({}, 1);

const offer = (change: Partial<ServerOffer> = {}): ServerOffer => ({
  ...{ name: 'a large GPU', options: optionsWith({ seconds: 60 }, 0.01) },
  ...{ uploadLimitBytes: 5e9, uploadSeconds: 1, ...change },
});

const placeOf = (device: ProposeOptions, server: ServerOffer | null) =>
  proposePlace(device, server).place;

describe('server 9. where a job is proposed to be done', () => {
  it('server 9.1 is this device wherever it is enough, however fast the server is', () => {
    expect(placeOf(quick, offer())).toMatchObject({
      value: 'device',
      why: { code: 'PLACE_DEVICE' },
    });
  });

  it('server 9.2 is the server where this device takes too long, with the reason', () => {
    expect(placeOf(slow, offer())).toMatchObject({
      value: 'server',
      why: {
        code: 'PLACE_SERVER',
        detail: { server: 'a large GPU', obstacle: { code: 'TAKES_MINUTES' } },
      },
    });
  });

  it('server 9.3 is the server, at full size, where this device would have to make it smaller', () => {
    const device = optionsWith({ encodes: (_, { width }) => width < 2000 }, 1);
    const { place, size, spec } = proposePlace(device, offer());
    expect(place.why?.detail).toMatchObject({ obstacle: { code: 'NOT_ENCODED' } });
    expect(size.why?.code).toBe('SIZE_DOUBLED');
    expect(spec.enhance.target).toEqual({ kind: 'factor', factor: 2 });
  });

  it('server 9.4 is no server that takes too long itself, sending the file included, or refuses the file', () => {
    const device = { value: 'device', why: { code: 'PLACE_TOO_LARGE' } };
    expect(placeOf(slow, null)).toMatchObject(device);
    expect(placeOf(slow, offer({ options: slow }))).toMatchObject(device);
    expect(placeOf(slow, offer({ uploadSeconds: 61 }))).toMatchObject(device);
    expect(placeOf(slow, offer({ uploadLimitBytes: facts.bytes - 1 }))).toMatchObject(device);
  });
});
