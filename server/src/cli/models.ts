import { models } from '../inference/models.ts';

export function listModels(isJson: boolean): void {
  for (const { id, name, scale, summary, goodAt, licence, kMacPerOutputPixel } of models) {
    const line = isJson
      ? JSON.stringify({ id, name, scale, summary, goodAt, licence, kMacPerOutputPixel })
      : `${id.padEnd(18)} ×${scale}  ${summary}`;
    process.stdout.write(`${line}\n`);
  }
}
