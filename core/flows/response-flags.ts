/** Flags of Envoy and of ztunnel that say why an answer is what it is, as a sentence's end for people. */
const meanings: Readonly<Record<string, string>> = {
  UF: 'no connection to the callee',
  UH: 'no healthy callee to send it to',
  UT: 'the callee did not answer in time',
  UO: 'circuit breaker: too much at once for the callee',
  UC: 'the callee closed the connection',
  UR: 'the callee reset the request',
  URX: 'all retries failed',
  UPE: 'the callee broke the protocol',
  UMSDR: 'the request lasted longer than allowed',
  UAEX: 'refused by the authorization service',
  NR: 'no route matched',
  NC: 'no such upstream cluster',
  NFCF: 'no filter configuration',
  DC: 'the caller went away',
  DR: 'the caller reset the request',
  DPE: 'the caller broke the protocol',
  DT: 'the connection lasted longer than allowed',
  DI: 'delay injected as a test',
  FI: 'fault injected as a test',
  RL: 'rate limit',
  RLSE: 'the rate limit service failed',
  RFCF: 'answered from configuration',
  LH: 'the proxy failed its own health check',
  LR: 'the proxy reset it',
  SI: 'the stream was idle for too long',
  IH: 'a header that must not be',
  DF: 'the callee’s name was not found in DNS',
  DO: 'dropped because of overload',
  OM: 'the proxy is overloaded',
  DENY: 'refused by policy',
  RBAC: 'refused by policy',
  NETWORK_POLICY: 'refused by network policy',
  CONNECT: 'no connection to the callee',
  TLS_FAILURE: 'the TLS handshake failed',
  H2_HANDSHAKE_FAILURE: 'the HTTP/2 handshake failed',
  IDENTITY_ERROR: 'the peer’s identity was not as expected',
  CERT_REVOKED: 'the peer’s certificate was revoked',
}

/** What a response flag means, in words; '' for one that is not known. */
export const flagMeaning = (flag: string): string => (Object.hasOwn(meanings, flag) ? (meanings[flag] ?? '') : '')

const maxFlags = 4
const shape = /^[A-Z0-9_]{1,24}$/

/** Flags as one text: those that look like flags, each once, sorted, joined by commas, at most four. */
export const flagsText = (flags: readonly string[]): string =>
  flags.length === 0 ? '' : [...new Set(flags.filter((flag) => shape.test(flag)))].sort().slice(0, maxFlags).join(',')
