import { lintContext, type LintContext } from '../lint/context'
import type { LintFinding } from '../lint/finding'
import { lintPolicies } from '../lint/lint'
import type { JudgedGround } from './judge-ground'

type Linted = { readonly context: LintContext; readonly findings: readonly LintFinding[] }

const known = new WeakMap<JudgedGround, Linted>()

/** What is wrong with the policies of a ground, and what the lint looked at; found once. */
export function lintGround(judged: JudgedGround): Linted {
  const had = known.get(judged)
  if (had) return had
  const made = { context: lintContext(judged.compiled, judged.ground.hidesNamespaces), findings: findingsOf(judged) }
  known.set(judged, made)
  return made
}

/** By what they are about as text: a cluster changes less often than its traffic, and the lint takes longer than all else. */
const findingsByText = new Map<string, readonly LintFinding[]>()
const mostKept = 4

function findingsOf({ ground: { model, profile, hidesNamespaces }, compiled }: JudgedGround): readonly LintFinding[] {
  const text = JSON.stringify([profile, hidesNamespaces, model])
  const had = findingsByText.get(text)
  if (had) return had
  const made = lintPolicies(compiled, hidesNamespaces)
  findingsByText.set(text, made)
  const [oldest] = findingsByText.keys()
  if (findingsByText.size > mostKept && oldest !== undefined) findingsByText.delete(oldest)
  return made
}
