import { ClearReelError } from '@clearreel/shared/errors/clear-reel-error';
import { describe, expect, it } from 'vitest';
import { openGpu } from './device.ts';
import { GpuFrameOps } from './frame-ops.ts';

const size = { width: 16, height: 8 };

describe('the GPU device', () => {
  it('6.9 a picture that is too large for the device is refused with both sizes', async () => {
    const gpu = await openGpu();
    const ops = new GpuFrameOps(gpu);
    const tooLarge = () => ops.createPicture({ width: 60_000, height: 60_000 });
    expect(tooLarge).toThrow(ClearReelError);
    expect(tooLarge).toThrow(/needs [\d.]+ .B in one piece and this GPU allows [\d.]+ .B/);
    expect(ops.live().pictures).toBe(0);
    ops.dispose();
    gpu.dispose();
  });

  it('6.10 a lost device is said with its reason, and by the next operation', async () => {
    const gpu = await openGpu();
    const ops = new GpuFrameOps(gpu);
    const picture = ops.createPicture(size);
    gpu.device.destroy();
    expect(await gpu.lost).not.toBe('');
    await expect(ops.toSample(picture, 0, 1)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    ops.dispose();
  });

  it('6.11 an error that the GPU reports late is not swallowed', async () => {
    const gpu = await openGpu();
    const ops = new GpuFrameOps(gpu);
    const picture = ops.createPicture(size);
    const reported = new Promise((resolve) =>
      gpu.device.addEventListener('uncapturederror', resolve, { once: true }),
    );
    gpu.device.queue.writeBuffer(picture.buffer, picture.buffer.size, new Uint32Array(4));
    await reported;
    await expect(ops.toSample(picture, 0, 1)).rejects.toMatchObject({ code: 'INFERENCE_FAILED' });
    ops.dispose();
    gpu.dispose();
  });

  it('6.12 disposing is not losing', async () => {
    const gpu = await openGpu();
    gpu.dispose();
    await gpu.device.lost;
    const later = new Promise((resolve) => setTimeout(resolve, 0, 'not lost'));
    expect(await Promise.race([gpu.lost, later])).toBe('not lost');
  });
});
