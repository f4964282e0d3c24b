/** The wanted name of at most `most` characters, or where it is taken the same with the smallest number: `web to order 300 (2)`. */
export function freeName(wanted: string, taken: Iterable<string>, most: number): string {
  const names = new Set(taken)
  for (let count = 1; ; count++) {
    const end = count === 1 ? '' : ` (${count})`
    const name = wanted.slice(0, most - end.length).trimEnd() + end
    if (!names.has(name)) return name
  }
}
