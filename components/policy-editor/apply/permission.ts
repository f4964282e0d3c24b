import { queryOptions } from '@tanstack/react-query'
import { type PermissionAsk, permissionText } from '@/core/policy/apply/permission'
import { policyKinds } from '@/core/policy/kinds'
import { getJson } from '../../api'
import { type AskedChange, refOfAsked } from './plan'

type PermissionAnswer = {
  readonly actingAs: { readonly user: string; readonly groups: readonly string[] } | null
  /** Why nothing can be changed here at all; null where it can. */
  readonly off: string | null
  readonly answers: readonly { readonly ask: string; readonly allowed: boolean | null; readonly sentence: string }[]
}

/** What applying these changes would take, each once. */
export function asksOf(changes: readonly AskedChange[]): readonly string[] {
  const asks = changes.flatMap((asked): readonly PermissionAsk[] => {
    const { group, kind, namespace, name } = refOfAsked(asked)
    const resource = policyKinds.find((one) => one.group === group && one.kind === kind)?.plural
    if (!resource) return []
    const at = { group, resource, namespace: namespace ?? '' }
    if (asked.change === 'delete') return [{ ...at, verb: 'delete', name }]
    return asked.resourceVersion === null
      ? [
          { ...at, verb: 'create', name: '' },
          { ...at, verb: 'patch', name },
        ]
      : [{ ...at, verb: 'patch', name }]
  })
  return [...new Set(asks.map(permissionText))].slice(0, 50)
}

export const permissionQuery = (cluster: string, asks: readonly string[]) =>
  queryOptions({
    queryKey: ['policies/permission', { cluster, ask: asks }],
    queryFn: ({ signal }) => getJson<PermissionAnswer>('policies/permission', { cluster, ask: asks }, signal),
    staleTime: 30_000,
  })

/** Why it may not be applied, as a sentence; null: it may, as far as is known. */
export const refusal = ({ off, answers }: PermissionAnswer): string | null =>
  off ?? answers.find(({ allowed }) => allowed === false)?.sentence ?? null
