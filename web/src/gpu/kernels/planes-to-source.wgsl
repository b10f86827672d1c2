// 8-bit Y'CbCr planes to packed RGBA, with the same integers as shared/src/frameops/yuv-to-rgb.ts, so that
// both give the same picture bit for bit. Chroma lies between the luma samples: linear, 3 to 1.

struct Params {
  width: u32,
  height: u32,
  chromaShiftX: u32,
  chromaShiftY: u32,
  yOffset: u32,
  yStride: u32,
  uOffset: u32,
  vOffset: u32,
  chromaStride: u32,
  chromaStep: u32,
  yZero: i32,
  ySlope: i32,
  redFromV: i32,
  greenFromU: i32,
  greenFromV: i32,
  blueFromU: i32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> bytes: array<u32>;
@group(0) @binding(2) var<storage, read_write> pixels: array<u32>;

fn byteAt(index: u32) -> i32 {
  return i32((bytes[index >> 2u] >> (8u * (index & 3u))) & 255u);
}

// The nearer and the farther of the two chroma samples that an axis lies between.
fn neighbours(position: u32, shift: u32, length: u32) -> vec2u {
  if (shift == 0u) {
    return vec2u(position);
  }
  let near = position >> 1u;
  let last = ((length + 1u) >> 1u) - 1u;
  let far = select(max(near, 1u) - 1u, min(near + 1u, last), (position & 1u) == 1u);
  return vec2u(near, far);
}

fn chroma(offset: u32, columns: vec2u, rows: vec2u) -> i32 {
  let near = offset + rows.x * params.chromaStride;
  let far = offset + rows.y * params.chromaStride;
  let atNear = 3 * byteAt(near + columns.x * params.chromaStep) + byteAt(far + columns.x * params.chromaStep);
  let atFar = 3 * byteAt(near + columns.y * params.chromaStep) + byteAt(far + columns.y * params.chromaStep);
  return 3 * atNear + atFar - 2048;
}

fn level(fixed: i32) -> u32 {
  return u32(clamp(fixed >> 16u, 0, 255));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.width || at.y >= params.height) {
    return;
  }
  let columns = neighbours(at.x, params.chromaShiftX, params.width);
  let rows = neighbours(at.y, params.chromaShiftY, params.height);
  let u = chroma(params.uOffset, columns, rows);
  let v = chroma(params.vOffset, columns, rows);
  let luma = byteAt(params.yOffset + at.y * params.yStride + at.x);
  let y = params.ySlope * (luma - params.yZero) + 32768;
  let red = level(y + params.redFromV * v);
  let green = level(y + params.greenFromU * u + params.greenFromV * v);
  let blue = level(y + params.blueFromU * u);
  pixels[at.y * params.width + at.x] = red | (green << 8u) | (blue << 16u) | 0xff000000u;
}
