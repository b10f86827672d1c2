import { isServerProvider, type ServerProvider, serverProviders } from '../inference/provider.ts';
import { UsageError } from './usage.ts';

export function providersOf(list: string | undefined): readonly ServerProvider[] {
  if (list === undefined) return serverProviders;
  const names = list.split(',').map((name) => name.trim());
  const known = names.filter(isServerProvider);
  if (known.length < names.length) {
    throw new UsageError(`--provider must list some of ${serverProviders.join(', ')}`);
  }
  return known;
}
