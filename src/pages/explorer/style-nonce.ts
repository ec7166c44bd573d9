/**
 * Monaco and the dialogs add `<style>` elements at run time. The page's policy allows only those with this answer's
 * nonce, so each new style element gets it. This module must be loaded first.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
const createElement = document.createElement.bind(document);

document.createElement = (name: string, options?: ElementCreationOptions) => {
  const element = createElement(name, options);
  if (nonce && element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};
