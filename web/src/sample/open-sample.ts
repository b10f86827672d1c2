import { useDrafts } from '../drafts/drafts-store.ts';

/** Opens the clip that the project brings, for whoever has no video at hand. */
export async function openSample(): Promise<void> {
  const response = await fetch('/sample.mp4');
  const file = new File([await response.blob()], 'sample.mp4', { type: 'video/mp4' });
  useDrafts.getState().add([{ file }]);
}
