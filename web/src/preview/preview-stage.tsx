import type { SourceFacts } from '@clearreel/shared/media/facts';
import { outputGeometry } from '@clearreel/shared/spec/geometry';
import { useEffect, useMemo, useState } from 'react';
import { useT } from '../i18n/language.ts';
import { modelName } from '../queue/job-summary.ts';
import { CompareBar } from './compare-bar.tsx';
import { shownSize } from './frame-at.ts';
import { FrameChooser } from './frame-chooser.tsx';
import { PreviewOverlay } from './preview-overlay.tsx';
import type { PreviewSide, PreviewSource, PreviewState } from './preview-state.ts';
import { usePreview } from './preview-store.ts';
import { Comparison } from './stage/comparison.tsx';
import type { Layer } from './stage/draw-stage.ts';

export interface PreviewStageProps extends PreviewSource {
  readonly facts: SourceFacts;
}

const beforeLayers = ({ before }: Pick<PreviewState, 'before'>): Layer[] =>
  before ? [{ drawable: before.bitmap, isSmooth: true }] : [];

/** The side's picture; where there is none yet, the source shows through between the parts that are done. */
const sideLayers = (side: PreviewSide, before: readonly Layer[]): Layer[] => [
  ...(side.result ? [{ drawable: side.result.bitmap }] : before),
  ...side.tiles.map(({ bitmap, rect, strength }) => ({
    ...{ drawable: bitmap, rect, opacity: strength / 100 },
  })),
];

/** One frame of the file, before and after, or as two models make it, while settings are tried. */
export function PreviewStage({ file, host, spec, facts }: PreviewStageProps) {
  const t = useT();
  const { show, leave, lookAt, before, first, second } = usePreview();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => show({ file, host, spec }), [show, file, host, spec]);
  useEffect(() => leave, [leave]);

  const size = useMemo(() => {
    const geometry = outputGeometry(facts.video, spec.enhance.target, spec.output.codec);
    return shownSize(facts.video, geometry);
  }, [facts, spec]);
  const original = useMemo(() => beforeLayers({ before }), [before]);
  const left = useMemo(
    () => (second && first && !isHeld ? sideLayers(first, original) : original),
    [first, second, original, isHeld],
  );
  const right = useMemo(() => {
    const side = second ?? first;
    return side && !isHeld ? sideLayers(side, original) : original;
  }, [first, second, original, isHeld]);
  const nameOf = (side: PreviewSide | null) => (side ? modelName(t, side.model) : '');
  const leftLabel = second && !isHeld ? nameOf(first) : t('preview.before');
  const rightLabel = isHeld ? t('preview.before') : second ? nameOf(second) : t('preview.after');

  return (
    <section aria-label={t('preview.title')} className="card flex flex-col gap-1 p-3">
      <div
        className="max-h-[70vh] min-h-56 w-full overflow-hidden rounded-xl"
        style={{ aspectRatio: `${size.width} / ${size.height}` }}
      >
        <Comparison
          {...{ left, right, leftLabel, rightLabel, size }}
          onLook={lookAt}
          onHold={setHeld}
        >
          <PreviewOverlay />
        </Comparison>
      </div>
      <FrameChooser framesPerSecond={spec.input?.framesPerSecond} />
      <CompareBar model={spec.enhance.model} onHold={setHeld} />
    </section>
  );
}
