import { placesOf } from '@/core/policy/duplicates'
import { type LintFinding, severities, type Severity } from '@/core/policy/lint/finding'
import { lintPolicies } from '@/core/policy/lint/lint'
import { policyName } from '@/core/policy/policy-name'
import { clean } from '@/core/text/text'
import { type JudgingOptions, loadPolicies } from './load-policies'
import { type Terminal, writeAll } from './terminal'

export type LintOptions = JudgingOptions & {
  readonly file: readonly string[]
  readonly output: 'txt' | 'json'
  readonly strict?: boolean
}

/** One entry of the JSON output. */
export type LintEntry = Omit<LintFinding, 'policy'> & {
  readonly policy: string
  /** Where the object stands; absent where it follows from something else. */
  readonly file?: string
  readonly document?: number
}

/** `oriel policy lint`: 1 where something is an error, or with `strict` a warning. */
export async function lintCommand(options: LintOptions, terminal: Terminal): Promise<number> {
  const { compiled, documents } = await loadPolicies(options.file, options, terminal)
  const placeOf = placesOf(documents)
  const findings = lintPolicies(compiled).map(({ policy, severity, rule, path, message, remedy }): LintEntry => {
    const place = placeOf(policy)
    const at = place ? { file: place.file, document: place.document } : {}
    return { severity, rule, policy: policyName(policy), path, message, remedy, ...at }
  })
  await writeAll(terminal, options.output === 'json' ? [asJson(findings)] : asText(findings))
  const failing: readonly Severity[] = options.strict === true ? ['error', 'warning'] : ['error']
  return findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0
}

const asJson = (findings: readonly LintEntry[]): string =>
  findings.length === 0 ? '[]\n' : `[\n${findings.map((finding) => JSON.stringify(finding)).join(',\n')}\n]\n`

function* asText(findings: readonly LintEntry[]): Iterable<string> {
  let about = ''
  for (const { policy, file, document, severity, rule, path, message, remedy } of findings) {
    const place = file === undefined ? '' : ` (${file}, document ${document})`
    const object = clean(`${policy}${place}`, 1000)
    if (object !== about) yield `${about === '' ? '' : '\n'}${object}\n`
    about = object
    yield `  ${severity.padEnd(7)}  ${rule}${path === null ? '' : `  ${clean(path, 200)}`}\n`
    yield `           ${clean(message, 2000)}\n`
    yield `           ${clean(remedy, 2000)}\n`
  }
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${words[severity]}${count === 1 ? '' : 's'}`]
  })
  yield findings.length === 0 ? 'Nothing was found.\n' : `\n${counts.join(', ')}\n`
}

const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }
