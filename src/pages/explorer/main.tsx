import './style-nonce.ts';
import './workers.ts';
import './pane-sizes.ts';
import 'graphiql/style.css';
import './explorer.css';
import './answer.css';
import { createRoot } from 'react-dom/client';
import { Explorer } from './Explorer.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Explorer />);
