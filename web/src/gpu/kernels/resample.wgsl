// One axis of a separable resampling: each output is a weighted sum of `taps` inputs along that axis, with the
// edge value repeated outside. Weights: shared/src/frameops/lanczos.ts.

struct Params {
  // Outputs along the resampled axis, lines beside each other, inputs along the axis.
  outputs: u32,
  lines: u32,
  inputs: u32,
  taps: u32,
  inputStep: u32,
  inputLineStep: u32,
  outputStep: u32,
  outputLineStep: u32,
  clip: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> starts: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> source: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) at: vec3u) {
  if (at.x >= params.outputs || at.y >= params.lines) {
    return;
  }
  let plane = at.z * params.inputs * params.lines + at.y * params.inputLineStep;
  let last = i32(params.inputs) - 1;
  var sum = 0.0;
  for (var tap = 0u; tap < params.taps; tap++) {
    let input = u32(clamp(starts[at.x] + i32(tap), 0, last));
    sum += weights[at.x * params.taps + tap] * source[plane + input * params.inputStep];
  }
  if (params.clip == 1u) {
    sum = clamp(sum, 0.0, 1.0);
  }
  let to = at.z * params.outputs * params.lines + at.y * params.outputLineStep + at.x * params.outputStep;
  result[to] = sum;
}
