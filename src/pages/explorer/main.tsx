import './style-nonce.ts';
import './workers.ts';
import './pane-sizes.ts';
import 'graphiql/style.css';
import '../charts.css';
import './explorer.css';
import './answer/answer.css';
import '../sign-in/sign-in.css';
import { createRoot } from 'react-dom/client';
import { pageSettings } from '../sign-in/settings.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { Explorer } from './Explorer.tsx';

const settings = pageSettings();
const signIn = settings && createSignIn(settings);
const root = document.getElementById('root');
if (root) createRoot(root).render(<Explorer signIn={signIn} />);
