import { describe } from 'vitest';
import { describeAttempts } from './suite/attempts.suite.ts';
import { type RepositoryMaker, setUpBench } from './suite/bench.testing.ts';
import { describeClaims } from './suite/claims.suite.ts';
import { describeEnds } from './suite/ends.suite.ts';
import { describeFences } from './suite/fences.suite.ts';
import { describeInterleavings } from './suite/interleavings.suite.ts';
import { describeLists } from './suite/lists.suite.ts';

/** The contract of `JobRepository`: what holds whatever it keeps its records in. */
export function describeJobRepository(name: string, make: RepositoryMaker): void {
  describe(`server 5. ${name} keeps the contract of JobRepository`, () => {
    const bench = setUpBench(make);
    describeClaims(bench);
    describeAttempts(bench);
    describeFences(bench);
    describeEnds(bench);
    describeLists(bench);
  });

  describe(`server 5. ${name} under interleavings`, () => {
    describeInterleavings(make);
  });
}
