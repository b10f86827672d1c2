// Mixes a share of one planar picture into another of the same size; a share of 0 or 1 is exact.

struct Params {
  width: u32,
  height: u32,
  share: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> over: array<f32>;
@group(0) @binding(2) var<storage, read_write> picture: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.width || at.y >= params.height) {
    return;
  }
  let index = (at.z * params.height + at.y) * params.width + at.x;
  picture[index] = (1.0 - params.share) * picture[index] + params.share * over[index];
}
