// Sets a rectangle's flag if any pixel inside it differs.

struct Params {
  width: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> first: array<u32>;
@group(0) @binding(2) var<storage, read> second: array<u32>;
@group(0) @binding(3) var<storage, read> rects: array<vec4u>;
@group(0) @binding(4) var<storage, read_write> flags: array<atomic<u32>>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  let rect = rects[at.z];
  if (at.x >= rect.z || at.y >= rect.w) {
    return;
  }
  let index = (rect.y + at.y) * params.width + rect.x + at.x;
  if (first[index] != second[index]) {
    atomicStore(&flags[at.z], 1u);
  }
}
