// A browser's frame to packed RGBA. Sampling at pixel centres gives the luma as it is and interpolates chroma.

struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var frame: texture_external;
@group(0) @binding(2) var linear: sampler;
@group(0) @binding(3) var<storage, read_write> pixels: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.width || at.y >= params.height) {
    return;
  }
  let centre = (vec2f(at.xy) + 0.5) / vec2f(f32(params.width), f32(params.height));
  let colour = textureSampleBaseClampToEdge(frame, linear, centre);
  pixels[at.y * params.width + at.x] = pack4x8unorm(vec4f(colour.rgb, 1.0));
}
