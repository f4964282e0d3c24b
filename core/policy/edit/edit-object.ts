import { kindOf, parseObject } from '../kinds'
import type { ModelObject } from '../model'
import { fieldsOf, listAt, withValue } from './kinds/fields'
import { isRefused, type KindEditor, refused, type Refused } from './kinds/kind-editor'
import { applyOps, insert, move, valueAt } from './object-op'
import { type Path, samePath } from './path'
import type { PolicyEdit } from './policy-edit'
import { newParts, partsOf, withParts } from './rule-parts'
import type { Side, Visual } from './visual'
import { editorOf } from './visual-of'

/** The object with an edit, as plain data; or why not. What was valid stays so. */
export function editObject(object: ModelObject, edit: PolicyEdit): ModelObject | Refused {
  const next = editAny(object, edit)
  if (isRefused(next)) return next
  const before = problemsOf(object)
  const [worse] = problemsOf(next).filter((problem) => !before.includes(problem))
  return worse === undefined ? next : refused(`The cluster would refuse this: ${worse}.`)
}

function problemsOf(object: ModelObject): readonly string[] {
  const kind = kindOf(object)
  const parsed = kind && parseObject(kind, object)
  return parsed && 'problems' in parsed ? parsed.problems.map(({ path, reason }) => `${path} ${reason}`.trim()) : []
}

function editAny(object: ModelObject, edit: PolicyEdit): ModelObject | Refused {
  const found = editorOf(object)
  if (!found) return refused('This kind is edited as YAML only.')
  const { editor } = found
  const visual = editor.visualOf(object, found.ref)
  switch (edit.edit) {
    case 'rename':
      return withValue(object, ['metadata', 'name'], edit.name)
    case 'set-namespace':
      if (!visual.can.namespaced) return refused(`A ${found.ref.kind} has no namespace.`)
      return withValue(object, ['metadata', 'namespace'], edit.namespace)
    case 'set-subject':
      return editor.withSubject(object, edit.subject)
    case 'set-subject-labels':
      return editor.withSubject(object, { namespaces: visual.subject.value.namespaces, pods: edit.pods })
    case 'set-isolation':
      return editor.withIsolation(object, edit.direction, edit.isolates)
    case 'set-tier':
      return editor.withTier?.(object, edit.tier) ?? refused(`A ${found.ref.kind} has no tier.`)
    case 'set-order':
      return editor.withOrder?.(object, edit.order) ?? refused(`A ${found.ref.kind} has no order.`)
    case 'set-mtls':
      return editor.withMtls?.(object, edit.port, edit.mode) ?? refused(`A ${found.ref.kind} says nothing of mTLS.`)
    case 'set-action':
      if (edit.rule !== null && !sideOf(visual, edit.rule)) return noRule
      return editor.withAction(object, edit.rule, edit.action)
    case 'add-rule': {
      const { direction, rule } = edit
      const home = editor.homeOf({ object, direction, action: rule.action })
      if (isRefused(home)) return home
      const made = withParts(home.rule, editor, { object, direction, action: rule.action }, newParts(rule))
      if (isRefused(made)) return made
      const length = listAt(object, home.list).length
      const added = applyOps(object, [insert([...home.list, Math.min(edit.at ?? length, length)], made)])
      return editor.settle(fieldsOf(added), direction)
    }
    case 'move-rule': {
      const last = edit.rule.at(-1)
      if (!sideOf(visual, edit.rule) || typeof last !== 'number') return noRule
      return fieldsOf(applyOps(object, [move(edit.rule, edit.to)]))
    }
    case 'remove-rule':
      return withoutRule(object, editor, visual, edit.rule)
    default:
      return editOfRule(object, editor, visual, edit)
  }
}

const noRule = refused('This rule is no longer there.')

type InRule = Exclude<
  Extract<PolicyEdit, { readonly rule: Path }>,
  { readonly edit: 'remove-rule' | 'move-rule' | 'set-action' }
>

function editOfRule(object: ModelObject, editor: KindEditor, visual: Visual, edit: InRule): ModelObject | Refused {
  const side = sideOf(visual, edit.rule)
  const shown = side && ruleAt(side, edit.rule)
  if (!side || !shown) return noRule
  // Without its last peer a rule would let everybody pass.
  if (edit.edit === 'remove-peer' && shown.peers.are === 'some' && shown.peers.items.length === 1)
    return withoutRule(object, editor, visual, edit.rule)
  const parts = partsOf(edit, shown)
  if (isRefused(parts)) return parts
  const site = { object, direction: side.direction, action: shown.action }
  const rule = withParts(fieldsOf(valueAt(object, edit.rule)), editor, site, parts)
  if (isRefused(rule)) return rule
  const next = withValue(object, edit.rule, rule)
  if (edit.edit !== 'replace-rule' || edit.by.action === shown.action) return next
  return editor.withAction(next, visual.can.actionOf === 'rule' ? edit.rule : null, edit.by.action)
}

/** A direction that was governed stays so when its last rule goes. */
function withoutRule(object: ModelObject, editor: KindEditor, visual: Visual, rule: Path): ModelObject | Refused {
  const side = sideOf(visual, rule)
  if (!side) return noRule
  const list = rule.slice(0, -1)
  const rest = listAt(object, list).filter((_, i) => i !== rule.at(-1))
  const next = withValue(object, list, rest)
  return side.reach === 'not-governed' ? next : editor.settle(next, side.direction)
}

const sideOf = (visual: Visual, rule: Path): Side | undefined => visual.sides.find((side) => ruleAt(side, rule))
const ruleAt = (side: Side, rule: Path) => side.rules.find(({ path }) => samePath(path, rule))?.value
