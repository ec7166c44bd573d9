import { LANGUAGES } from '../../views/language.ts';
import { askCase } from '../case/ask.ts';
import type { CaseScreen } from '../case/case-screen.ts';
import { h } from '../case/element.ts';
import { LOCALES, readLocale, storeLocale } from '../case/language.ts';
import { type SupplyCard, supplyCard } from '../case/supply/supply-card.ts';
import { fill, pageWords, untilLoaded } from '../case/words.ts';
import { loadedSignIn, loadSignIn } from '../sign-in/load-sign-in.ts';
import { pageSettings } from '../sign-in/settings.ts';
import { type Answers, answeredFacts, factKey, readAnswers, storeAnswers } from './answers.ts';
import { judge, nextFact, open } from './application.ts';
import { askChoices } from './ask.ts';
import { checkAnswersPage } from './check-answers.ts';
import type { ApplyChoicesQuery, Locale } from './generated/documents.ts';
import { type Question, questionPage } from './question.ts';
import { factQuestion, firstQuestions, personQuestions } from './questions.ts';
import { receiptPage } from './receipt.ts';
import { type Eligibility, verdictPage } from './verdict.ts';
import { applyWords } from './words.ts';

/** The application's opened case. Its secret lives in memory: a reload loses it. */
interface OpenedCase {
  readonly id: string;
  readonly secret: string | null;
}

let locale: Locale = readLocale();
/** The language that was chosen last. Its words may still be on their way. */
let chosen = locale;
let answers: Answers = readAnswers();
let choices: ApplyChoicesQuery | null = null;
/** The fact that the rule asks about next; null where none is known yet. */
let wanted: string | null = null;
/** The page of the form: the questions before the verdict, those on the person, or the check of all. */
let stage: 'ELIGIBILITY' | 'PERSON' | 'CHECK' = 'ELIGIBILITY';
/** The question that is asked again, from the check of the answers. */
let changing: string | null = null;
let opened: OpenedCase | null = null;
/** The key of the opening, kept until an answer arrives. */
let key: string | null = null;
let supply: SupplyCard | null = null;
/** Drops answers that arrive after another page has been drawn. */
let turn = 0;

const languages = h('nav', { class: 'languages' });
const title = h('span', { class: 'title' });
const content = h('div', { class: 'content' });
const said = h('p', { class: 'trouble', role: 'status' });
document.body.append(h('header', {}, title, languages), h('main', {}, said, content));

const words = () => applyWords.of(locale);
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const token = () => loadedSignIn()?.current()?.token ?? null;

function show(page: HTMLElement): void {
  turn += 1;
  document.documentElement.lang = LANGUAGES[locale].tag;
  title.textContent = words().title;
  languages.setAttribute('aria-label', words().language);
  for (const button of languages.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.lang === LANGUAGES[locale].tag));
  }
  said.textContent = '';
  content.replaceChildren(page);
  const heading = page.querySelector<HTMLElement>('#title');
  document.title = `${heading?.textContent ?? ''} – ${words().title}`;
  heading?.focus();
  scrollTo(0, 0);
}

const button = (text: string, act: () => void, name = '') => {
  const made = h('button', name === '' ? { type: 'button' } : { type: 'button', class: name }, text);
  made.addEventListener('click', act);
  return made;
};

/** Says that something failed, and offers to try it again. */
function trouble(kind: string): void {
  said.textContent = kind === 'OFFLINE' ? words().offline : words().failed;
  content.append(button(words().again, () => void draw()));
}

/** Returns the questions before the verdict: the choices, and the facts that the rule has asked about. */
function questionsOfRule(): readonly Question[] {
  const first = choices ? firstQuestions(answers, choices, { words: words(), locale, today: today() }) : [];
  const asked = [...answeredFacts(answers), ...(wanted === null ? [] : [wanted])];
  const others = [...new Set(asked)].filter((fact) => first.every((one) => one.key !== factKey(fact)));
  return [...first, ...others.map((fact) => factQuestion(fact, words(), locale))];
}

/** Draws the page that comes next, by the answers so far. */
async function draw(): Promise<void> {
  if (opened) return drawCase();
  if (stage !== 'ELIGIBILITY' && token() === null) stage = 'ELIGIBILITY';
  if (!choices) return loadChoices();
  const ofRule = questionsOfRule();
  const questions = stage === 'ELIGIBILITY' ? ofRule : [...ofRule, ...personQuestions(answers, words(), today())];
  const next = questions.find((one) => one.key === changing || answers[one.key] === undefined);
  if (next) return ask(next, questions);
  if (stage === 'ELIGIBILITY') return drawVerdict();
  stage = 'CHECK';
  drawCheck(questions, []);
}

async function loadChoices(): Promise<void> {
  said.textContent = words().loading;
  const [asked, at] = [locale, turn];
  const answer = await askChoices(asked);
  if (asked !== locale || at !== turn) return;
  if (answer.kind !== 'ANSWER') return trouble(answer.kind);
  choices = answer.data;
  await draw();
}

function ask(question: Question, questions: readonly Question[]): void {
  const at = questions.indexOf(question);
  const before = questions[at - 1];
  show(
    questionPage({
      question,
      value: answers[question.key],
      words: words(),
      onAnswer: (value) => {
        if (value !== answers[question.key]) answer(question.key, value);
        changing = null;
        history.pushState(null, '');
        void draw();
      },
      onBack: before ? () => back(before.key) : null,
    }),
  );
}

function answer(name: string, value: string): void {
  answers = { ...answers, [name]: value };
  // Another kind or case type has other questions.
  if (name === 'kind' || name === 'caseType') {
    const { kind, caseType } = answers;
    answers = name === 'kind' ? { kind: value } : { ...(kind ? { kind } : {}), ...(caseType ? { caseType } : {}) };
    wanted = null;
  }
  key = null;
  storeAnswers(answers);
}

/** Asks a question again that has been answered. */
function back(name: string): void {
  changing = name;
  void draw();
}

async function drawVerdict(): Promise<void> {
  said.textContent = words().loading;
  const at = turn;
  const judged = await judge(answers, locale);
  if (at !== turn) return;
  if (judged.kind !== 'JUDGED') return trouble(judged.kind);
  const { eligibility } = judged;
  const fact = nextFact(eligibility, answers);
  if (fact) {
    wanted = fact.fact;
    return draw();
  }
  showVerdict(eligibility);
}

function showVerdict(eligibility: Eligibility): void {
  const settings = pageSettings();
  const last = questionsOfRule().at(-1);
  const mayApply = eligibility.truth !== 'NOT_MET' && settings !== null;
  const apply = button(words().apply, () => void signInAndApply(), 'primary');
  // A window may be opened only in a click's handler, so its code is loaded before.
  if (mayApply) void loadSignIn();
  show(
    verdictPage({
      eligibility,
      words: words(),
      locale,
      actions: [
        mayApply && apply,
        h(
          'div',
          { class: 'buttons' },
          last !== undefined && button(words().back, () => back(last.key)),
          button(words().startOver, startOver),
        ),
      ],
    }),
  );
}

function startOver(): void {
  answers = {};
  wanted = null;
  stage = 'ELIGIBILITY';
  storeAnswers(answers);
  void draw();
}

async function signInAndApply(): Promise<void> {
  const account = loadedSignIn() ?? (await loadSignIn());
  if (!account) return;
  const go = () => {
    stage = 'PERSON';
    void draw();
  };
  if (account.current()) return go();
  const stop = account.subscribe(() => {
    const { session, failure } = account.state();
    if (!session && failure === null) return;
    stop();
    if (!session) said.textContent = words().signInFailed;
    else if (session.bearer.kind === 'applicant') go();
    else {
      account.signOut();
      said.textContent = words().notApplicant;
    }
  });
  account.signIn();
}

function drawCheck(questions: readonly Question[], faults: readonly string[]): void {
  const go = button(words().open, () => void openTheCase(questions, go), 'primary');
  show(
    checkAnswersPage({
      questions,
      answers,
      words: words(),
      locale,
      faults,
      onChange: back,
      actions: [go, h('div', { class: 'buttons' }, button(words().startOver, startOver))],
    }),
  );
}

async function openTheCase(questions: readonly Question[], pressed: HTMLButtonElement): Promise<void> {
  const bearer = token();
  if (bearer === null) return ended();
  if (pressed.ariaDisabled === 'true') return;
  pressed.ariaDisabled = 'true';
  pressed.textContent = words().opening;
  key ??= crypto.randomUUID();
  const answer = await open(answers, bearer, locale, key);
  if (answer.kind === 'OPENED') {
    opened = { id: answer.caseId, secret: answer.secret };
    answers = {};
    storeAnswers(answers);
    return draw();
  }
  pressed.ariaDisabled = null;
  pressed.textContent = words().open;
  if (answer.kind === 'REFUSED') {
    key = null;
    return drawCheck(questions, answer.messages);
  }
  if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') return ended();
  // The same key is sent again: what was done is done once.
  said.textContent = answer.kind === 'OFFLINE' ? words().offline : words().failed;
}

function ended(): void {
  stage = 'ELIGIBILITY';
  void draw().then(() => {
    said.textContent = words().ended;
  });
}

/** Shows the opened case: its uploads while it is a draft, then the receipt. */
async function drawCase(): Promise<void> {
  const [of, bearer] = [opened, token()];
  if (!of) return;
  if (bearer === null) {
    said.textContent = words().ended;
    return;
  }
  said.textContent = words().loading;
  const at = turn;
  const session = { token: bearer, endsAt: Number.POSITIVE_INFINITY, caseId: of.id };
  const answer = await askCase(session, locale, null);
  if (at !== turn) return;
  said.textContent = '';
  if (answer.kind !== 'NEWS') return trouble(answer.kind);
  const { screen } = answer;
  if (screen.waitingOn === 'AGENCY') {
    const receipt = receiptPage({ screen, secret: of.secret, words: words(), locale });
    const { newsCard } = await import('../case/news/news-card.ts');
    if (at !== turn) return;
    const news = newsCard({ caseId: of.id, contact: null, token: bearer, locale, onEnded: ended });
    return show(h('div', { class: 'content' }, receipt, news));
  }
  drawUploads(screen, of, bearer);
}

function drawUploads(screen: CaseScreen, of: OpenedCase, bearer: string): void {
  const isShown = supply?.element.isConnected === true && content.lang === LANGUAGES[locale].tag;
  supply ??= supplyCard({ token: bearer, caseId: of.id, onChanged: drawCase, onEnded: ended });
  supply.show(screen, locale);
  if (isShown) return;
  content.lang = LANGUAGES[locale].tag;
  show(
    h(
      'section',
      { class: 'card uploads', 'aria-labelledby': 'title' },
      h('h1', { id: 'title', tabindex: -1 }, words().documentsTitle),
      h('p', { class: 'lead' }, fill(words().draft, { number: screen.receiptNumber ?? '' })),
      of.secret !== null &&
        h('dl', {}, h('div', {}, h('dt', {}, words().secret), h('dd', { class: 'number' }, of.secret))),
      of.secret !== null && h('p', { class: 'hint' }, words().secretHint),
      supply.element,
    ),
  );
}

/** Loads the words of a language. Both files are needed: that of applications, and that of uploads and refusals. */
async function loadLanguage(spoken: Locale): Promise<boolean> {
  const loaded = await Promise.all([applyWords.load(spoken), pageWords.load(spoken)]);
  return !loaded.includes(false);
}

async function speak(spoken: Locale): Promise<void> {
  chosen = spoken;
  const isLoaded = await loadLanguage(spoken);
  if (chosen !== spoken) return;
  if (!isLoaded) {
    said.textContent = words().offline;
    return;
  }
  locale = spoken;
  storeLocale(spoken);
  choices = null;
  turn += 1;
  await draw();
}

for (const spoken of LOCALES) {
  const { tag, name } = LANGUAGES[spoken];
  const choice = h('button', { type: 'button', lang: tag }, name);
  choice.addEventListener('click', () => void speak(spoken));
  languages.append(choice);
}
addEventListener('popstate', () => {
  const answered = questionsOfRule().filter(({ key: name }) => answers[name] !== undefined);
  const last = answered.at(-1);
  if (!opened && last) back(last.key);
});
void untilLoaded(() => loadLanguage(locale)).then(draw);
