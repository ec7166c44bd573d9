/** Whether tests that are the same for many cases try all of them: `npm run test:deep`. */
export const isDeep = process.env.TEST_DEPTH === 'deep';
