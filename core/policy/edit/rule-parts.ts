import type { Fields } from '../read'
import {
  isRefused,
  type KindEditor,
  type Next,
  type NextItem,
  refused,
  type Refused,
  type RuleSite,
} from './kinds/kind-editor'
import { type Path, samePath } from './path'
import type { NewRule, NewSeveral, PolicyEdit } from './policy-edit'
import type { Peer, PortChoice, RequestChoice, Several, VisualRule } from './visual'

/** What a rule is to hold; absent: as it is. */
export type RuleParts = {
  readonly peers?: Next<Peer>
  readonly ports?: Next<PortChoice>
  readonly requests?: Next<RequestChoice>
}

/** A rule with other parts, as its kind writes it. */
export function withParts(rule: Fields, editor: KindEditor, site: RuleSite, parts: RuleParts): Fields | Refused {
  const { peers, ports, requests } = parts
  const first = peers === undefined ? rule : editor.withPeers(rule, peers, site)
  if (isRefused(first)) return first
  const second = ports === undefined ? first : editor.withPorts(first, ports, site)
  if (isRefused(second)) return second
  return requests === undefined ? second : editor.withRequests(second, requests, site)
}

export const newParts = ({ peers, ports, requests }: NewRule): RuleParts => ({
  peers: newOnes(peers),
  ports: newOnes(ports),
  requests: newOnes(requests),
})

const newOnes = <Value>(values: NewSeveral<Value>): Next<Value> =>
  values === 'everything' ? values : values.map((value) => ({ value }))

type PartEdit = Exclude<
  Extract<PolicyEdit, { readonly rule: Path }>,
  { readonly edit: 'remove-rule' | 'move-rule' | 'set-action' }
>

/** What an edit makes of the parts of a rule. */
export function partsOf(edit: PartEdit, { peers, ports }: VisualRule): RuleParts | Refused {
  switch (edit.edit) {
    case 'replace-rule':
      return newParts(edit.by)
    case 'set-peers':
      return wished(edit.peers, 'peers', (some) => ({ peers: some }))
    case 'set-ports':
      return wished(edit.ports, 'ports', (some) => ({ ports: some }))
    case 'set-requests':
      return wished(edit.requests, 'requests', (some) => ({ requests: some }))
    case 'add-peer':
      return { peers: [...kept(peers, edit.rule), { value: edit.peer }] }
    case 'add-port':
      return { ports: [...kept(ports, edit.rule), { value: edit.port }] }
    case 'replace-peer':
      return replaced(peers, edit.rule, edit.peer, edit.by, (some) => ({ peers: some }))
    case 'replace-port':
      return replaced(ports, edit.rule, edit.port, edit.by, (some) => ({ ports: some }))
    case 'remove-peer':
      return replaced(peers, edit.rule, edit.peer, null, (some) => ({ peers: some }))
    case 'remove-port':
      if (ports.are === 'some' && ports.items.length === 1)
        return refused('Without its last port the rule would be about every port. Take the rule away, or say so.')
      return replaced(ports, edit.rule, edit.port, null, (some) => ({ ports: some }))
  }
}

function wished<Value>(
  values: NewSeveral<Value>,
  what: string,
  parts: (next: Next<Value>) => RuleParts,
): RuleParts | Refused {
  if (values !== 'everything' && values.length === 0) return refused(`Name some ${what}, or take the rule away.`)
  return parts(newOnes(values))
}

const kept = <Value>(several: Several<Value>, rule: Path) =>
  several.are === 'some' ? several.items.map(({ path }) => ({ keep: path.slice(rule.length) })) : []

/** `by` null: takes the one at `path` away. */
function replaced<Value>(
  several: Several<Value>,
  rule: Path,
  path: Path,
  by: Value | null,
  parts: (next: Next<Value>) => RuleParts,
): RuleParts | Refused {
  if (several.are !== 'some' || !several.items.some((item) => samePath(item.path, path)))
    return refused('This part is no longer there.')
  return parts(
    several.items.flatMap((item): readonly NextItem<Value>[] => {
      if (!samePath(item.path, path)) return [{ keep: item.path.slice(rule.length) }]
      return by === null ? [] : [{ value: by }]
    }),
  )
}
