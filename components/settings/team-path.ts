/** The page of a team by its name; without one, of a new team, with what is filled in already. */
export function teamPath(query: { readonly name?: string; readonly as?: string; readonly label?: string }): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? '/settings/team' : `/settings/team?${text}`
}
