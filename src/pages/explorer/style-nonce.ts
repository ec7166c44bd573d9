/**
 * Monaco and the dialogs make `<style>` elements while they run. The page's policy lets only those through that carry
 * the nonce of this answer, so every style element made from here on gets it. Must be loaded before all others.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
const createElement = document.createElement.bind(document);

document.createElement = (name: string, options?: ElementCreationOptions) => {
  const element = createElement(name, options);
  if (nonce && element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};
