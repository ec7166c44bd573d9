/** `npm run model`: talent cases, or with `rules` the language of rules. */
if (process.argv[2] === 'rules') await import('./terms/run.ts');
else await import('./run.ts');

export {};
