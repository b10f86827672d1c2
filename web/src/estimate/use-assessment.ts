import type { ContentKind } from '@clearreel/shared/estimate/model-order';
import { useEffect } from 'react';
import type { Draft } from '../drafts/draft.ts';
import { useDrafts } from '../drafts/drafts-store.ts';
import { useServerFacts } from '../server/server-facts.ts';
import { type Kind, kindOf } from '../settings/kinds.ts';
import type { Assessment } from './assess.ts';
import { useEstimate } from './estimate-store.ts';

/** Only these two say something of the video; the other kinds are about time and size. */
const contentKinds: Partial<Record<Kind, ContentKind>> = { clean: 'clean', drawn: 'drawn' };

/** Keeps the draft's assessment up to date while it is shown. */
export function useAssessment({ file, inspection, spec }: Draft): Assessment | null {
  const host = useDrafts((state) => state.host);
  const { follow, assessment } = useEstimate();
  const server = useServerFacts();
  const facts = inspection?.facts;
  useEffect(() => {
    if (!facts || !spec) return;
    const own = kindOf(spec.enhance.model);
    const kind = own && contentKinds[own];
    follow({ file, facts, spec, host, ...(kind && { kind }), ...(server && { server }) });
  }, [file, facts, spec, host, server, follow]);
  useEffect(() => () => follow(null), [follow]);
  return assessment;
}
