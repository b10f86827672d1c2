// A rectangle of packed RGBA to planes R, G, B of 0..1. The 256 levels come from a table, because a division on
// the GPU may round otherwise than on the CPU.

struct Params {
  sourceWidth: u32,
  x: u32,
  y: u32,
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;
@group(0) @binding(2) var<storage, read> levels: array<f32, 256>;
@group(0) @binding(3) var<storage, read_write> planes: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.width || at.y >= params.height) {
    return;
  }
  let pixel = pixels[(params.y + at.y) * params.sourceWidth + params.x + at.x];
  let area = params.width * params.height;
  let index = at.y * params.width + at.x;
  planes[index] = levels[pixel & 255u];
  planes[index + area] = levels[(pixel >> 8u) & 255u];
  planes[index + 2u * area] = levels[(pixel >> 16u) & 255u];
}
