/** The script of `/look`: lets people sign in, and fetches all pages of a list. The page works without it too. */
import { createAccount } from './account.ts';
import { enhanceList } from './all-pages.ts';

const account = createAccount(() => enhanceList(account));
enhanceList(account);
void account.offer();
