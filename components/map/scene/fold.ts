import { parseEndpointKey } from '@/core/endpoint'

type Folding = { readonly fold: readonly string[]; readonly unfold: readonly string[] }

/** The folding after a region (`cluster/namespace`) was folded or unfolded by hand; the newest wish wins over the size rule. */
export function foldChange(
  state: Folding,
  region: string,
  folded: boolean,
): { fold: string[] | null; unfold: string[] | null } {
  const without = (list: readonly string[]) => list.filter((each) => each !== region)
  const fold = folded ? [...without(state.fold), region] : without(state.fold)
  const unfold = folded ? without(state.unfold) : [...without(state.unfold), region]
  return { fold: fold.length > 0 ? fold : null, unfold: unfold.length > 0 ? unfold : null }
}

/** The map opened so far that a node or edge between workloads is drawn by itself. */
export function openedFor(id: string, state: Folding): { level: null; fold: string[] | null; unfold: string[] | null } {
  let next: Folding = state
  for (const key of id.split('|').slice(0, 2)) {
    const end = parseEndpointKey(key)
    if (!end?.namespace) continue
    const { fold, unfold } = foldChange(next, `${end.cluster}/${end.namespace}`, false)
    next = { fold: fold ?? [], unfold: unfold ?? [] }
  }
  return {
    level: null,
    fold: next.fold.length > 0 ? [...next.fold] : null,
    unfold: next.unfold.length > 0 ? [...next.unfold] : null,
  }
}
