/** The first bytes of a buffer that may be copied from. For what is small: frames stay on the GPU. */
export async function readBack(
  device: GPUDevice,
  buffer: GPUBuffer,
  bytes: number,
): Promise<ArrayBuffer> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const readable = device.createBuffer({ size: bytes, usage });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, readable, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const copy = readable.getMappedRange().slice(0);
  readable.destroy();
  return copy;
}
