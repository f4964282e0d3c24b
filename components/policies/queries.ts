import type { AuditedChange } from '@/core/policy/apply/audited-change'
import { queryOptions } from '@tanstack/react-query'
import type { DecisionPage } from '@/core/policy/pages/decision-page'
import type { ObjectPage } from '@/core/policy/pages/object-page'
import type { PoliciesPage } from '@/core/policy/pages/policies-page'
import { getJson } from '../api'
import { live, type ViewParams, viewQuery } from '../view-query'

export type PolicyParams = Omit<ViewParams, 'q'>

/** Every policy of a cluster, what it did, who is covered. */
export const policiesQuery = (params: PolicyParams) => viewQuery<PoliciesPage>('policies', params)

/** The same over a longer time, which moves slowly. */
export const policyUsageQuery = (params: PolicyParams) =>
  queryOptions({
    queryKey: ['policy-usage', params],
    queryFn: ({ signal }) => getJson<PoliciesPage>('policies', params, signal),
    staleTime: 5 * 60_000,
  })

/** `sel`: a node or an edge of the map. `flow`: one record. */
export type DecisionParams = PolicyParams & { readonly sel?: string; readonly flow?: string }

/** What policies decide on the edges of a selection, or on one record, and why. */
export const decisionQuery = (params: DecisionParams) =>
  queryOptions({
    queryKey: ['policy-decision', params],
    queryFn: ({ signal }) => getJson<DecisionPage>('policies/decision', params, signal),
    meta: live(params),
  })

/** Changes of one object that were made through the console, newest first. */
export const policyChangesQuery = (cluster: string, ref: string) =>
  queryOptions({
    queryKey: ['policy-changes', cluster, ref],
    queryFn: ({ signal }) =>
      getJson<{ readonly changes: readonly AuditedChange[] }>('policies/changes', { cluster, ref }, signal),
    staleTime: 10_000,
  })

/** `ref`: refKey of the object. */
export type PolicyObjectParams = PolicyParams & { readonly ref: string }

/** One object: its manifest, its history, whom its rules match now. */
export const policyQuery = (params: PolicyObjectParams) =>
  viewQuery<ObjectPage>('policies/object', params, 'policy-object')
