import type { Locale } from '../../domain/locale.ts';
import { html, type Markup } from '../html.ts';

interface LegendWords {
  readonly member: string;
  readonly partner: string;
  readonly current: string;
  readonly over: string;
  readonly many: string;
}

const WORDS: Readonly<Record<Locale, LegendWords>> = {
  ZH: {
    member: '成员功能区',
    partner: '合作区',
    current: '协议有效',
    over: '协议已到期或终止',
    many: '线上数字：协议条数',
  },
  JA: {
    member: '構成区域',
    partner: '連携区域',
    current: '有効な協定',
    over: '終わった協定',
    many: '線の数字：協定の件数',
  },
  EN: {
    member: 'Member zone',
    partner: 'Partner zone',
    current: 'Agreement in force',
    over: 'Agreement over',
    many: 'A number on a line: so many agreements',
  },
};

/** Returns what the shapes and lines of a graph of zones mean. */
export function graphLegend(locale: Locale): Markup {
  const { member, partner, current, over, many } = WORDS[locale];
  const node = (kind: string) =>
    html`<svg class="graph" viewBox="0 0 16 16" width="16" height="16"><circle class="${kind}" cx="8" cy="8" r="6"/></svg>`;
  const line = (kind: string) =>
    html`<svg class="graph" viewBox="0 0 28 8" width="28" height="8"><path class="${kind}" d="M0 4H28"/></svg>`;
  return html`<ul class="legend" aria-hidden="true">
<li>${node('member')}${member}</li>
<li>${node('partner')}${partner}</li>
<li>${line('edge')}${current}</li>
<li>${line('edge over')}${over}</li>
<li>${many}</li>
</ul>`;
}
