/** An RGB picture as models take it: planes R, G, B one after another, row by row, float32, 0..1. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly planes: Float32Array;
}

export const RGB = 3;

/** `bytes` [height, width, 3], 0..255. */
export function fromBytes(bytes: Uint8Array, width: number, height: number): Picture {
  const planes = new Float32Array(RGB * width * height);
  const area = width * height;
  for (let pixel = 0; pixel < area; pixel++) {
    for (let channel = 0; channel < RGB; channel++) {
      planes[channel * area + pixel] = (bytes[pixel * RGB + channel] ?? 0) / 255;
    }
  }
  return { width, height, planes };
}

/** A picture whose three channels are alike, from its value at each pixel. */
export function grey(
  width: number,
  height: number,
  valueAt: (x: number, y: number) => number,
): Picture {
  const plane = Float32Array.from({ length: width * height }, (_, pixel) =>
    valueAt(pixel % width, Math.floor(pixel / width)),
  );
  const planes = new Float32Array(RGB * plane.length);
  for (let channel = 0; channel < RGB; channel++) planes.set(plane, channel * plane.length);
  return { width, height, planes };
}

export function crop(
  picture: Picture,
  left: number,
  top: number,
  width: number,
  height: number,
): Picture {
  const planes = new Float32Array(RGB * width * height);
  for (let row = 0; row < RGB * height; row++) {
    const channel = Math.floor(row / height);
    const start = (channel * picture.height + top + (row % height)) * picture.width + left;
    planes.set(picture.planes.subarray(start, start + width), row * width);
  }
  return { width, height, planes };
}

/** Largest difference of two pictures of one size, in steps of 1/255. */
export function largestDifference(a: Picture, b: Picture): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(`pictures of ${a.width}×${a.height} and ${b.width}×${b.height}`);
  }
  return a.planes.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (b.planes[index] ?? 0)) * 255),
    0,
  );
}
