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
