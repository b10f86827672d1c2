// A browser's frame to packed RGBA. Sampling at pixel centres gives the luma as it is and interpolates chroma.
// What the browser made of primaries and matrix is then undone; factors are in 1/65536.

struct Params {
  width: u32,
  height: u32,
  arePrimariesMoved: u32,
  primaries: array<vec3i, 3>,
  matrix: array<vec3i, 3>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var frame: texture_external;
@group(0) @binding(2) var linear: sampler;
@group(0) @binding(3) var<storage, read_write> pixels: array<u32>;

fn multiplied(rows: array<vec3i, 3>, colour: vec3f) -> vec3f {
  let red = dot(vec3f(rows[0]), colour);
  let green = dot(vec3f(rows[1]), colour);
  let blue = dot(vec3f(rows[2]), colour);
  return vec3f(red, green, blue) / 65536.0;
}

// sRGB's curve and its inverse, mirrored at zero: the browser does not clip what its primaries cannot show.
fn toLight(colour: vec3f) -> vec3f {
  let size = abs(colour);
  let light = select(pow((size + 0.055) / 1.055, vec3f(2.4)), size / 12.92, size <= vec3f(0.04045));
  return sign(colour) * light;
}

fn fromLight(light: vec3f) -> vec3f {
  let size = abs(light);
  let colour = select(1.055 * pow(size, vec3f(1.0 / 2.4)) - 0.055, 12.92 * size, size <= vec3f(0.0031308));
  return sign(light) * colour;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.width || at.y >= params.height) {
    return;
  }
  let centre = (vec2f(at.xy) + 0.5) / vec2f(f32(params.width), f32(params.height));
  var colour = textureSampleBaseClampToEdge(frame, linear, centre).rgb;
  if (params.arePrimariesMoved == 1u) {
    colour = fromLight(multiplied(params.primaries, toLight(colour)));
  }
  colour = multiplied(params.matrix, colour);
  pixels[at.y * params.width + at.x] = pack4x8unorm(vec4f(colour, 1.0));
}
