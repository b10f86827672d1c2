import type {
  CodecFigure,
  Figures,
  ModelFigure,
  Pace,
  PixelFigures,
} from '@clearreel/shared/estimate/figures';
import type { ModelEntry } from '@clearreel/shared/models/manifest';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { models } from '../inference/catalogue.ts';
import type { Machine } from './machine.ts';

interface Kinds {
  pixels: PixelFigures;
  model: ModelFigure;
  codec: CodecFigure;
  pace: Pace;
}

type Kind = keyof Kinds;

/** One figure. `scope` says of which machine and version, `id` of what. */
type Kept = {
  [K in Kind]: {
    readonly key: string;
    readonly scope: string;
    readonly kind: K;
    readonly id: string;
    readonly value: Kinds[K];
  };
}[Kind];

interface Schema extends DBSchema {
  figures: { key: string; value: Kept; indexes: { scope: string } };
}

let opening: Promise<IDBPDatabase<Schema>> | null = null;

function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('clearreel-figures', 1, {
    upgrade(db) {
      db.createObjectStore('figures', { keyPath: 'key' }).createIndex('scope', 'scope');
    },
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** A model is its file: figures of older weights do not count for newer ones. */
const modelKey = ({ id, variants }: ModelEntry): string =>
  [id, ...variants.map(({ sha256 }) => sha256.slice(0, 12))].join(' ');

const paceIdOf = (model: ModelEntry | null): string => (model ? modelKey(model) : 'none');

function byModel<K extends Kind>(kept: readonly Kept[], kind: K): Record<string, Kinds[K]> {
  const own = kept.filter((entry): entry is Extract<Kept, { kind: K }> => entry.kind === kind);
  const values = new Map(own.map(({ id, value }) => [id, value as Kinds[K]]));
  const known = [...models.map((model) => [model.id, modelKey(model)]), ['none', 'none']];
  return Object.fromEntries(
    known.flatMap(([id, key]) => {
      const value = values.get(key ?? '');
      return id && value ? [[id, value]] : [];
    }),
  );
}

async function put({ scope }: Machine, kind: Kind, id: string, value: Kinds[Kind]): Promise<void> {
  const entry = { key: `${scope} ${kind} ${id}`, scope, kind, id, value } as Kept;
  await (await database()).put('figures', entry);
}

/** What was measured and learned in this browser, kept by machine, provider, model file and version of the app. */
export const figureDb = {
  async load({ scope, provider, cores }: Machine): Promise<Figures> {
    const kept = await (await database()).getAllFromIndex('figures', 'scope', scope);
    const pixels = kept.find((entry) => entry.kind === 'pixels')?.value;
    return {
      ...{ provider, cores },
      ...(pixels && { pixels }),
      models: byModel(kept, 'model'),
      codecs: Object.fromEntries(
        kept.flatMap((entry) => (entry.kind === 'codec' ? [[entry.id, entry.value]] : [])),
      ),
      paces: byModel(kept, 'pace'),
    };
  },
  putPixels: (machine: Machine, value: PixelFigures) => put(machine, 'pixels', '', value),
  putCodec: (machine: Machine, key: string, value: CodecFigure) =>
    put(machine, 'codec', key, value),
  /** A pace is relative to what was measured, so a new measurement makes the old pace void. */
  async putModel(machine: Machine, model: ModelEntry, value: ModelFigure): Promise<void> {
    await put(machine, 'model', modelKey(model), value);
    await (await database()).delete('figures', `${machine.scope} pace ${modelKey(model)}`);
  },
  putPace: (machine: Machine, model: ModelEntry | null, value: Pace) =>
    put(machine, 'pace', paceIdOf(model), value),
};
