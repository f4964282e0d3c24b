import type { PolicyRef } from '@/core/policy/normal-form'
import { refKey } from '@/core/policy/normal-form'

/** What the editor is opened with. Edges are named by their ids, workloads by their keys, a namespace as `cluster/name`. */
export type EditorEntry =
  | { readonly draft: string }
  | { readonly cluster: string; readonly ref: PolicyRef }
  | { readonly allow: string }
  | { readonly deny: string }
  | { readonly why: string }
  | { readonly isolate: string }
  | { readonly least: string }
  | { readonly namespace: string }
  | { readonly new: string; readonly cluster?: string }

/** Address of the editor. `kept`: what goes along from page to page, `?…` or ''. */
export function editorPath(entry: EditorEntry, kept: string): string {
  const query = new URLSearchParams(kept)
  for (const [name, value] of Object.entries(entry)) query.set(name, typeof value === 'string' ? value : refKey(value))
  return `/policies/edit?${query}`
}

/** Address of an object on the policies page. */
export function policyPath(cluster: string, ref: PolicyRef, kept: string): string {
  const query = new URLSearchParams(kept)
  if (cluster !== '') query.set('cluster', cluster)
  query.set('sel', refKey(ref))
  return `/policies?${query}`
}
