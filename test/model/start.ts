/**
 * `npm run model`: talent cases; with `rules` the language of rules, with `tallies` the sums of parks, with `linkages` agreements, with `relocations` moves
 * between zones, with `ledger` benefit sharing.
 */
if (process.argv[2] === 'rules') await import('./terms/run.ts');
else if (process.argv[2] === 'ledger') await import('./ledger/run.ts');
else if (process.argv[2] === 'tallies') await import('./tallies/run.ts');
else if (process.argv[2] === 'linkages') await import('./linkages/run.ts');
else if (process.argv[2] === 'relocations') await import('./relocations/run.ts');
else await import('./run.ts');

export {};
