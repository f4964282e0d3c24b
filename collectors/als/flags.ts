import { flagsText } from '@/core/flows/response-flags'
import type { Verdict } from '@/core/verdict'

/** Short names of Envoy's response flags by their field number in ResponseFlags. */
export const flagNames: readonly string[] = [
  '',
  'LH UH UT LR UR UF UC UO NR DI FI RL UAEX RLSE DC URX SI IH DPE UMSDR RFCF NFCF DT UPE NC OM DF DR',
].flatMap((line) => line.split(' '))

/** Who speaks first where several flags are set: what refused, what failed on the way, what was given up. */
const failures = 'UF UH NR NC UO DF UC UR UPE LR UT DT UMSDR SI URX RL RLSE IH DPE FI NFCF OM'.split(' ')
const failureNumbers = failures.map((name) => flagNames.indexOf(name))
const refused = flagNames.indexOf('UAEX')
/** The caller went away: nothing was refused and nothing failed on the way. */
const left = ['DC', 'DR'].map((name) => flagNames.indexOf(name))

/** Prefixes of response_code_details and connection_termination_details where a policy refused. */
const refusals = ['rbac_access_denied', 'ext_authz_denied', 'jwt_authn_access_denied']

export type Outcome = { readonly verdict: Verdict; readonly reason: string }

const allowed: Outcome = { verdict: 'allowed', reason: '' }
const byFlag: readonly Outcome[] = flagNames.map((reason, number) => ({
  verdict: number === refused ? 'denied' : left.includes(number) ? 'allowed' : 'error',
  reason,
}))

/**
 * What happened by Envoy's flags (a bit for each field number) and its two texts. A refusal by policy
 * names the policy where Envoy does: `rbac_access_denied_matched_policy[ns[shop]-policy[deny]-rule[0]]`.
 */
export function outcomeOf(flags: number, responseDetails: string, terminationDetails: string): Outcome {
  if (flags === 0 && responseDetails === '' && terminationDetails === '') return allowed
  const refusal = refusalIn(responseDetails) || refusalIn(terminationDetails)
  if (refusal) return { verdict: 'denied', reason: refusal }
  if (flags === 0) return allowed
  if (has(flags, refused)) return byFlag[refused] ?? allowed
  for (const number of failureNumbers) if (has(flags, number)) return byFlag[number] ?? allowed
  for (const number of left) if (has(flags, number)) return byFlag[number] ?? allowed
  return allowed
}

const texts = new Map<number, string>()
const maxTexts = 1_000

/** Names of the flags (a bit for each field number), joined by commas; absent without any. */
export function flagsOf(flags: number): string | undefined {
  if (flags === 0) return undefined
  const known = texts.get(flags)
  if (known !== undefined) return known
  const text = flagsText(flagNames.filter((_, number) => number > 0 && has(flags, number)))
  if (texts.size < maxTexts) texts.set(flags, text)
  return text
}

const has = (flags: number, number: number) => (flags & (1 << number)) !== 0

const refusalIn = (details: string): string =>
  details !== '' && refusals.some((prefix) => details.startsWith(prefix)) ? details.slice(0, 100) : ''
