import { type JobSpec, parseJobSpec } from '@clearreel/shared/spec/job-spec';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Settings without what belongs to one file alone. */
export type PresetSettings = Pick<JobSpec, 'enhance' | 'output'>;

export interface Preset {
  readonly name: string;
  readonly settings: PresetSettings;
}

/** What the app brings; the names are in the language files. */
export const ownPresets = ['quick', 'balanced', 'uhd', 'archive'] as const;
export type OwnPreset = (typeof ownPresets)[number];

const settings = (spec: object): PresetSettings => {
  const { enhance, output } = parseJobSpec({ version: 1, ...spec });
  return { enhance, output };
};

export const ownPresetSettings: Readonly<Record<OwnPreset, PresetSettings>> = {
  quick: settings({
    enhance: { model: 'anime4k-vl-x2' },
    output: { container: 'mp4', codec: 'avc', quality: 60 },
  }),
  balanced: settings({ enhance: {}, output: { container: 'mp4', codec: 'avc' } }),
  uhd: settings({
    enhance: { target: { kind: 'box', box: '2160p' } },
    output: { container: 'mp4', codec: 'av1' },
  }),
  archive: settings({ enhance: {}, output: { container: 'mkv', codec: 'av1', quality: 95 } }),
};

interface PresetsState {
  readonly presets: readonly Preset[];
  /** Takes the place of an older one with the same name. */
  save(preset: Preset): void;
  remove(name: string): void;
}

/** Presets of older versions are read through the schema; one that no longer fits is dropped. */
function readPresets(stored: unknown): Preset[] {
  const found = (stored as { presets?: unknown } | null)?.presets;
  if (!Array.isArray(found)) return [];
  return found.flatMap(({ name, settings: kept }: Preset) => {
    try {
      return [{ name: String(name), settings: settings(kept) }];
    } catch {
      return [];
    }
  });
}

export const usePresets = create<PresetsState>()(
  persist(
    (set) => ({
      presets: [],
      save: (preset) =>
        set(({ presets }) => ({
          presets: [...presets.filter(({ name }) => name !== preset.name), preset],
        })),
      remove: (name) =>
        set(({ presets }) => ({ presets: presets.filter((each) => each.name !== name) })),
    }),
    {
      name: 'clearreel-presets',
      merge: (stored, current) => ({ ...current, presets: readPresets(stored) }),
    },
  ),
);
