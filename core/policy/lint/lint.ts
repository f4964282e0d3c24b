import type { CompiledPolicies } from '../compile'
import { refKey } from '../normal-form'
import { lintContext } from './context'
import type { LintFinding } from './finding'
import { needsEverybody } from './hidden-ends'
import { lintRules } from './rules'

/**
 * What is wrong with policies, or likely not meant so. By namespace, kind and name of the policy, then by path and
 * rule; the same policies give the same list. Whatever depends on pods is said of those of the model.
 * @param hides there are namespaces that the model leaves out
 */
export function lintPolicies(compiled: CompiledPolicies, hides = false): readonly LintFinding[] {
  const context = lintContext(compiled, hides)
  const found = lintRules
    .filter(({ name }) => !hides || !needsEverybody(name))
    .flatMap(({ name, find }) => [...find(context)].map((one) => ({ rule: name, ...one })))
  return found
    .map((finding) => ({ finding, key: sortKey(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ finding }) => finding)
}

const sortKey = ({ policy, path, rule, message }: LintFinding): string =>
  [policy.namespace ?? '', refKey(policy), path ?? '', rule, message].join('\n')
