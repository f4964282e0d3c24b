/** What marks a style sheet as this page's own, where one is written by a script; '' outside of a browser. */
export const pageNonce = (): string =>
  typeof document === 'undefined' ? '' : (document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '')
