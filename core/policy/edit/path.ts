/** Where a value stands in a document: keys of maps and places in lists, from 0. */
export type Path = readonly (string | number)[]

/** As problems write it: `spec.ingress[0].from`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )

export const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((step, i) => step === b[i])

export const beginsWith = (path: Path, start: Path): boolean => start.every((step, i) => step === path[i])

/**
 * The path that `pathText` wrote, as far as it leads. Keys may hold dots, so those that are there are asked for.
 * @param keysAt the keys of the map at a path
 */
export function pathOfText(text: string, keysAt: (path: Path) => readonly string[]): Path {
  let path: Path = []
  let rest = text
  while (rest !== '') {
    const item = /^\[(\d+)\]\.?/.exec(rest)
    if (item) {
      path = [...path, Number(item[1])]
      rest = rest.slice(item[0].length)
      continue
    }
    const keys = keysAt(path).filter((key) => rest === key || rest.startsWith(`${key}.`) || rest.startsWith(`${key}[`))
    const longest = keys.sort((a, b) => b.length - a.length)[0] ?? /^[^.[]*/.exec(rest)?.[0] ?? rest
    if (longest === '') break
    path = [...path, longest]
    rest = rest.slice(longest.length).replace(/^\./, '')
  }
  return path
}
