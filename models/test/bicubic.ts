import { type Picture, RGB } from './picture.ts';

/** Bicubic enlargement (Keys 1981, a = −0.5), half-pixel centres, edge pixels repeated outside; 0..1. */
export function bicubic(picture: Picture, scale: number): Picture {
  const { width, height } = picture;
  const wide = enlargedRows(picture.planes, width, RGB * height, scale);
  const upright = transposed(wide, width * scale, height);
  const tall = enlargedRows(upright, height, RGB * width * scale, scale);
  const planes = transposed(tall, height * scale, width * scale);
  return {
    width: width * scale,
    height: height * scale,
    planes: planes.map((value) => Math.min(1, Math.max(0, value))),
  };
}

function enlargedRows(values: Float32Array, length: number, rows: number, scale: number) {
  const result = new Float32Array(rows * length * scale);
  for (let x = 0; x < length * scale; x++) {
    const position = (x + 0.5) / scale - 0.5;
    const first = Math.floor(position) - 1;
    for (let tap = first; tap < first + 4; tap++) {
      const weight = keys(Math.abs(position - tap));
      const source = Math.min(length - 1, Math.max(0, tap));
      for (let row = 0; row < rows; row++) {
        const at = row * length * scale + x;
        result[at] = (result[at] ?? 0) + weight * (values[row * length + source] ?? 0);
      }
    }
  }
  return result;
}

/** Each of the three planes [height, width] turned to [width, height]. */
function transposed(values: Float32Array, width: number, height: number) {
  const area = width * height;
  return values.map((_, index) => {
    const inPlane = index % area;
    const [x, y] = [Math.floor(inPlane / height), inPlane % height];
    return values[index - inPlane + y * width + x] ?? 0;
  });
}

function keys(distance: number): number {
  if (distance < 1) return 1.5 * distance ** 3 - 2.5 * distance ** 2 + 1;
  return -0.5 * distance ** 3 + 2.5 * distance ** 2 - 4 * distance + 2;
}
