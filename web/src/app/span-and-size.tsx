import type { JobSpec } from '@clearreel/shared/spec/job-spec';
import { NumberField } from './number-field.tsx';
import { useApp } from './store.ts';

const defined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Trim in seconds of the source, and an exact size in pixels; one side alone keeps the aspect. */
export function SpanAndSize({ spec }: { spec: JobSpec }) {
  const { setSpec } = useApp();
  const { trim, ...untrimmed } = spec;
  const { target } = spec.enhance;
  const size = target.kind === 'size' ? target : { width: undefined, height: undefined };
  const setTrim = (change: object) => {
    const next = defined({ ...trim, ...change });
    setSpec(Object.keys(next).length > 0 ? { ...spec, trim: next } : untrimmed);
  };
  const setSize = (change: object) => {
    const { width, height } = { ...size, ...change };
    if (!width && !height) return;
    const next = {
      kind: 'size',
      ...defined({ width: width || undefined, height: height || undefined }),
    };
    setSpec({ ...spec, enhance: { ...spec.enhance, target: next } });
  };
  return (
    <details className="sm:col-span-2">
      <summary>Part of the video, exact size</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <NumberField
          label="From (seconds)"
          value={trim?.startSeconds}
          step={0.01}
          onChange={(startSeconds) => setTrim({ startSeconds })}
        />
        <NumberField
          label="To (seconds)"
          value={trim?.endSeconds}
          step={0.01}
          onChange={(endSeconds) => setTrim({ endSeconds })}
        />
        <NumberField
          label="Width (pixels)"
          value={size.width}
          step={1}
          onChange={(width) => setSize({ width })}
        />
        <NumberField
          label="Height (pixels)"
          value={size.height}
          step={1}
          onChange={(height) => setSize({ height })}
        />
      </div>
    </details>
  );
}
