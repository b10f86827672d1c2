import { Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useReducer } from 'react';
import { showFailure } from '../app/failures.tsx';
import { formatPosition } from '../i18n/format.ts';
import { useT } from '../i18n/language.ts';

const events = ['timeupdate', 'play', 'pause', 'ended', 'volumechange', 'durationchange', 'seeked'];

/** Drawn anew whenever the video says that something changed. */
function useChanges(video: HTMLVideoElement): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    for (const event of events) video.addEventListener(event, redraw);
    return () => {
      for (const event of events) video.removeEventListener(event, redraw);
    };
  }, [video]);
}

export function PlayerControls({ video }: { video: HTMLVideoElement }) {
  const t = useT();
  useChanges(video);
  const { paused, muted, currentTime } = video;
  const duration = Number.isFinite(video.duration) ? video.duration : 0;
  const PlayIcon = paused ? Play : Pause;
  const SoundIcon = muted ? VolumeX : Volume2;
  return (
    <div className="flex items-center gap-2 pt-2">
      <button
        type="button"
        className="button-bare"
        aria-label={t(paused ? 'job.play' : 'job.pausePlaying')}
        onClick={() => {
          if (paused) video.play().catch(showFailure);
          else video.pause();
        }}
      >
        <PlayIcon size={20} aria-hidden />
      </button>
      <input
        type="range"
        className="grow accent-accent"
        aria-label={t('job.position')}
        aria-valuetext={formatPosition(currentTime)}
        min={0}
        max={duration}
        step={0.01}
        value={currentTime}
        onChange={({ target }) => {
          video.currentTime = Number(target.value);
        }}
      />
      <span className="text-sm text-muted tabular-nums">
        {formatPosition(currentTime)} / {formatPosition(duration)}
      </span>
      <button
        type="button"
        className="button-bare"
        aria-label={t(muted ? 'job.soundOn' : 'job.soundOff')}
        onClick={() => {
          video.muted = !muted;
        }}
      >
        <SoundIcon size={20} aria-hidden />
      </button>
    </div>
  );
}
