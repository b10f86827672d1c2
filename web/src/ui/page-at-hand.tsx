import { type ComponentType, lazy, useMemo } from 'react';

/**
 * The code of a page, fetched when the page is opened or, so that it then opens at once, before. React shows what comes
 * in place of a `lazy` component for 300 ms at the least, even where its code is there already.
 */
export class PageCode<Props> {
  readonly #load: () => Promise<{ readonly default: ComponentType<Props> }>;
  readonly #later = lazy(() => this.fetch());
  #here: ComponentType<Props> | null = null;

  constructor(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
    this.#load = load;
  }

  async fetch() {
    const module = await this.#load();
    this.#here = module.default;
    return module;
  }

  get component(): ComponentType<Props> {
    return this.#here ?? (this.#later as ComponentType<Props>);
  }
}

export function PageAtHand<Props extends object>({
  code,
  ...props
}: { readonly code: PageCode<Props> } & Props) {
  // One and the same for as long as the page is open, also when its code has come meanwhile: another type would lose
  // its state. Another page in its place is another type.
  const Page = useMemo(() => code.component, [code]);
  return <Page {...(props as unknown as Props)} />;
}
