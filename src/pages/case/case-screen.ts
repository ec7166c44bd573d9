import type { CaseScreenQuery } from './generated/case-screen.ts';

/** A case as the page's one document selects it. */
export type CaseScreen = NonNullable<CaseScreenQuery['case']>;
