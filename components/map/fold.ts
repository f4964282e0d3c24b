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
