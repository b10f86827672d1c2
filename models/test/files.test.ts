import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyVariant, inModels, models } from './manifest.ts';

describe('model files', () => {
  it.each(everyVariant)('4.1 $name is the file that the manifest describes', ({ variant }) => {
    const file = readFileSync(inModels(variant.file));
    expect(file.byteLength).toBe(variant.bytes);
    expect(createHash('sha256').update(file).digest('hex')).toBe(variant.sha256);
  });

  it('4.2 every ONNX file is in the manifest', () => {
    const listed = everyVariant.map(({ variant }) => variant.file).sort();
    expect(
      readdirSync(inModels('onnx'))
        .map((name) => `onnx/${name}`)
        .sort(),
    ).toEqual(listed);
  });

  it.each(models)('4.3 $id carries its licence, in full and naming the model', (model) => {
    expect(existsSync(inModels(model.licenceFile))).toBe(true);
    const text = readFileSync(inModels(model.licenceFile), 'utf8');
    expect(text).toContain(model.id);
    expect(text).toContain('Copyright');
    expect(text.length).toBeGreaterThan(1000);
  });

  it('4.4 SPAN is only offered where it computes in fp32', () => {
    const precisions = everyVariant.filter(({ model }) => model.id.startsWith('span-'));
    expect(precisions.map(({ variant }) => variant.precision)).toEqual(['fp32', 'fp32']);
  });
});
