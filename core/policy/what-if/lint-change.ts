import type { CompiledPolicies } from '../compile'
import type { LintFinding } from '../lint/finding'
import { lintPolicies } from '../lint/lint'
import { refKey } from '../normal-form'
import type { PolicyChange } from '../policy-change'
import { draftCompiled, type PreparedGround } from '../what-if'
import type { LintChange } from './answer'
import { type LastReadable, readableChanges } from './readable-changes'

const before = new WeakMap<CompiledPolicies, readonly LintFinding[]>()

/** Findings that a draft brings or solves; those of objects that stay are told too. O(lint), twice the first time. */
export function lintChange(
  prepared: PreparedGround,
  draft: readonly PolicyChange[],
  { last }: { readonly last?: LastReadable } = {},
): LintChange {
  const hides = prepared.ground.hidesNamespaces
  const was = prepared.compiled('left-out')
  const { changes } = readableChanges(draft, last)
  if (changes.length === 0) return { brought: [], solved: [] }
  const old = before.get(was) ?? lintPolicies(was, hides)
  before.set(was, old)
  const now = lintPolicies(draftCompiled(prepared, changes, 'left-out'), hides)
  return { brought: onlyIn(now, old), solved: onlyIn(old, now) }
}

function onlyIn(these: readonly LintFinding[], those: readonly LintFinding[]): readonly LintFinding[] {
  const known = new Set(those.map(keyOf))
  return these.filter((one) => !known.has(keyOf(one)))
}

const keyOf = ({ rule, policy, path, message }: LintFinding) => [rule, refKey(policy), path ?? '', message].join('\n')
