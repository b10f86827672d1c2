import type { JobSpec, JobTarget } from '@clearreel/shared/spec/job-spec';
import { models } from '../inference/catalogue.ts';
import { Choose } from './choose.tsx';
import { HostFields } from './host-fields.tsx';
import { SpanAndSize } from './span-and-size.tsx';
import { SpecText } from './spec-text.tsx';
import { useApp } from './store.ts';

const targets: Readonly<Record<string, JobTarget>> = {
  'Same size (restore only)': { kind: 'factor', factor: 1 },
  '×2': { kind: 'factor', factor: 2 },
  '×3': { kind: 'factor', factor: 3 },
  '×4': { kind: 'factor', factor: 4 },
  '1080p': { kind: 'box', box: '1080p' },
  '1440p': { kind: 'box', box: '1440p' },
  '4K': { kind: 'box', box: '2160p' },
};

const targetName = (target: JobTarget) =>
  Object.entries(targets).find(
    ([, each]) => JSON.stringify(each) === JSON.stringify(target),
  )?.[0] ?? 'Custom';

export function SettingsCard({ spec }: { spec: JobSpec }) {
  const { setSpec, start, isRunning, inspection } = useApp();
  const { enhance, output } = spec;
  const setEnhance = (change: object) => setSpec({ ...spec, enhance: { ...enhance, ...change } });
  const setOutput = (change: object) => setSpec({ ...spec, output: { ...output, ...change } });
  const model = models.find(({ id }) => id === enhance.model);
  return (
    <form
      className="card grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Choose
        label="Model"
        value={enhance.model}
        options={[...models.map(({ id, name }) => [id, name] as const), ['none', 'Resize only']]}
        onChoose={(id) => setEnhance({ model: id })}
      />
      <Choose
        label="Size"
        value={targetName(enhance.target)}
        options={[...Object.keys(targets), 'Custom'].map((name) => [name, name] as const)}
        onChoose={(name) => targets[name] && setEnhance({ target: targets[name] })}
      />
      <Choose
        label="File type"
        value={output.container}
        options={['mp4', 'mov', 'mkv', 'webm'].map((each) => [each, each.toUpperCase()] as const)}
        onChoose={(container) => setOutput({ container })}
      />
      <Choose
        label="Codec"
        value={output.codec}
        options={[
          ['avc', 'H.264'],
          ['vp9', 'VP9'],
          ['av1', 'AV1'],
          ['hevc', 'HEVC'],
        ]}
        onChoose={(codec) => setOutput({ codec })}
      />
      <label className="flex flex-col gap-1 sm:col-span-2">
        Quality: {output.quality}
        <input
          type="range"
          min={0}
          max={100}
          value={output.quality}
          onChange={({ target }) => setOutput({ quality: Number(target.value) })}
        />
      </label>
      {inspection?.facts.video.hdr && (
        <Choose
          label="HDR"
          value={output.hdr}
          options={[
            ['refuse', 'Do not convert (the job is refused)'],
            ['convert', 'Convert to SDR'],
          ]}
          onChoose={(hdr) => setOutput({ hdr })}
        />
      )}
      {model && <p className="text-sm sm:col-span-2">{model.summary}</p>}
      <SpanAndSize spec={spec} />
      <HostFields />
      <SpecText key={JSON.stringify(spec)} spec={spec} />
      <div className="sm:col-span-2">
        <button type="submit" className="button" disabled={isRunning}>
          Start
        </button>
      </div>
    </form>
  );
}
