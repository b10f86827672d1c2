import type { HostOptions } from '../jobs/job-record.ts';
import { Choose } from './choose.tsx';
import { useApp } from './store.ts';

const auto = ['auto', 'Let the app choose'] as const;

const fields = [
  ['provider', 'Runs on', [auto, ['webgpu', 'GPU (WebGPU)'], ['wasm', 'CPU (wasm)']]],
  ['decoder', 'Decoder', [auto, ['webcodecs', 'WebCodecs'], ['ffmpeg', 'ffmpeg']]],
  ['encoder', 'Encoder', [auto, ['webcodecs', 'WebCodecs'], ['ffmpeg', 'ffmpeg']]],
] as const;

/** Overrides of what is otherwise found out by probing. */
export function HostFields() {
  const { host, setHost } = useApp();
  const choose = (key: keyof HostOptions, value: string | number) => {
    const { [key]: _, ...others } = host;
    void setHost((value === 'auto' ? others : { ...others, [key]: value }) as HostOptions);
  };
  return (
    <details className="sm:col-span-2">
      <summary>This machine</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        {fields.map(([key, label, options]) => (
          <Choose
            key={key}
            label={label}
            value={host[key] ?? 'auto'}
            options={options}
            onChoose={(value) => choose(key, value)}
          />
        ))}
        <label className="flex flex-col gap-1">
          Give up on a stage after (seconds)
          <input
            className="field"
            type="number"
            min={1}
            value={host.stallSeconds ?? 120}
            onChange={({ target }) => choose('stallSeconds', Math.max(1, Number(target.value)))}
          />
        </label>
      </div>
    </details>
  );
}
