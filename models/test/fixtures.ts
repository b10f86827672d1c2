import { readFileSync } from 'node:fs';
import { inModels } from './manifest.ts';
import { fromBytes, type Picture, RGB } from './picture.ts';

interface Named {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

const read = (name: string) => readFileSync(inModels(`test/fixtures/${name}`));

const sizes: readonly Named[] = JSON.parse(read('pictures.json').toString());

/** The pictures whose reference outputs are kept, by name (written by `reference/compare.py`). */
export const fixturePictures: ReadonlyMap<string, Picture> = readInputs();

function readInputs() {
  const bytes = read('pictures.bin');
  const pictures = new Map<string, Picture>();
  let offset = 0;
  for (const { name, width, height } of sizes) {
    const length = RGB * width * height;
    pictures.set(name, fromBytes(bytes.subarray(offset, offset + length), width, height));
    offset += length;
  }
  return pictures;
}

/** What the model's reference gives for each fixture picture: planes as uint16, 65535 = 1, in order. */
export function expectedPictures(modelId: string, scale: number): ReadonlyMap<string, Picture> {
  const bytes = read(`${modelId}.bin`);
  const pictures = new Map<string, Picture>();
  let offset = 0;
  for (const { name, ...small } of sizes) {
    const width = small.width * scale;
    const height = small.height * scale;
    const planes = Float32Array.from(
      { length: RGB * width * height },
      (_, index) => bytes.readUInt16LE(offset + 2 * index) / 65535,
    );
    pictures.set(name, { width, height, planes });
    offset += 2 * planes.length;
  }
  return pictures;
}
