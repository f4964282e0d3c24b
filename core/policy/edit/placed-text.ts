import { placeRules } from '../policy-place'
import { set } from './object-op'
import type { Edited } from './policy-edit'
import { readDraftText } from './read-draft-text'
import { patchObject } from './text/patch-text'

/** The text of a policy with another place; only these lines change. `tier`: as its spec names it; absent: it stays. Also of kinds that have no visual form. */
export function placedText(text: string, { order, tier }: { readonly order: number; readonly tier?: string }): Edited {
  const [found] = readDraftText(text).objects
  const rules = found?.ref && placeRules(found.ref)
  if (!found || !rules) return { refused: 'This kind of policy has no order.' }
  const ops = [set(['spec', rules.field], order), ...(tier === undefined ? [] : [set(['spec', 'tier'], tier)])]
  return patchObject(text, found.document, found.base, ops)
}
