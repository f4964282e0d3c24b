import type { ModelObject } from '../model'
import type { SuggestionFormat } from './formats/format'
import type { Draft } from './make-drafts'
import { rulesOfSide } from './rules-of-side'
import type { SuggestedRule } from './suggestion'

/** Room for a number behind it: names of objects have at most 253 characters. */
const longest = 240

/** @param taken names (`namespace/name`) that are in use; gets the new one */
export function writeDraft(draft: Draft, format: SuggestionFormat, taken: Set<string>): ModelObject {
  const { namespace, chosen } = draft
  return {
    apiVersion: format.apiVersion,
    kind: format.kind,
    metadata: { name: freeName(draft, taken), namespace },
    spec: format.spec({ subject: { namespace, labels: chosen.labels }, ...rulesOfDraft(draft) }),
  }
}

export const rulesOfDraft = ({
  sides: { ingress, egress },
}: Draft): Readonly<Record<'ingress' | 'egress', readonly SuggestedRule[] | null>> => ({
  ingress: ingress && rulesOfSide(ingress),
  egress: egress && rulesOfSide(egress),
})

function freeName({ namespace, chosen, workloads }: Draft, taken: Set<string>): string {
  const [first = 'namespace'] = Object.keys(chosen.labels).length === 0 ? [] : workloads.map(({ name }) => name).sort()
  const base = `${first.slice(0, longest)}-traffic`
  let name = base
  for (let i = 2; taken.has(`${namespace}/${name}`); i++) name = `${base}-${i}`
  taken.add(`${namespace}/${name}`)
  return name
}
