import { parseDocument } from 'yaml'
import type { PolicyRef } from '@/core/policy/normal-form'
import { placeRules } from '@/core/policy/policy-place'
import type { Move } from './board'

/** A manifest at another place; all else stays as it is written. */
export function placedText(text: string, ref: PolicyRef, { order, tier }: Move): string {
  const rules = placeRules(ref)
  if (!rules) return text
  const document = parseDocument(text)
  document.setIn(['spec', rules.field], order)
  if (tier !== undefined) document.setIn(['spec', 'tier'], tier)
  return document.toString({ lineWidth: 0 })
}
