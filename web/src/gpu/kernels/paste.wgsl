// Copies a rectangle of one planar picture into another, clipped to 0..1; NaN becomes 0.

struct Params {
  fromWidth: u32,
  fromHeight: u32,
  fromX: u32,
  fromY: u32,
  width: u32,
  height: u32,
  toWidth: u32,
  toHeight: u32,
  toX: u32,
  toY: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> picture: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.width || at.y >= params.height) {
    return;
  }
  let fromRow = at.z * params.fromHeight + params.fromY + at.y;
  let toRow = at.z * params.toHeight + params.toY + at.y;
  let value = source[fromRow * params.fromWidth + params.fromX + at.x];
  picture[toRow * params.toWidth + params.toX + at.x] = select(0.0, min(value, 1.0), value > 0.0);
}
