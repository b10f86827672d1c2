/** More than this apart, the follower is set right; a seek costs a moment in which it stands still. */
const toleranceSeconds = 0.08;

/**
 * Lets one video play along with another, `offsetSeconds` later in its own time. It is muted, since both have the same
 * sound.
 */
export function followVideo(
  leader: HTMLVideoElement,
  follower: HTMLVideoElement,
  offsetSeconds = 0,
): () => void {
  const align = (tolerance: number) => {
    const wanted = leader.currentTime + offsetSeconds;
    if (Math.abs(follower.currentTime - wanted) > tolerance) follower.currentTime = wanted;
  };
  const play = () => {
    align(toleranceSeconds);
    // Refused where the browser wants a click first; then it follows frame by frame.
    follower.play().catch(() => {});
  };
  const pause = () => {
    follower.pause();
    align(0);
  };
  const seek = () => align(0);
  const keepUp = () => align(toleranceSeconds);
  const setRate = () => {
    follower.playbackRate = leader.playbackRate;
  };
  const followed = { play, playing: play, pause, waiting: pause, ended: pause, seeking: seek };
  const events = Object.entries({ ...followed, timeupdate: keepUp, ratechange: setRate });
  follower.muted = true;
  for (const [name, listener] of events) leader.addEventListener(name, listener);
  if (!leader.paused) play();
  else align(0);
  return () => {
    for (const [name, listener] of events) leader.removeEventListener(name, listener);
    follower.pause();
  };
}
