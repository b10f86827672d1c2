// Draws a planar picture onto a canvas of its size.

struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> picture: array<f32>;

// One triangle that covers the canvas.
@vertex
fn corners(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn colour(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = vec2u(position.xy);
  let area = params.width * params.height;
  let index = at.y * params.width + at.x;
  return vec4f(picture[index], picture[index + area], picture[index + 2u * area], 1.0);
}
